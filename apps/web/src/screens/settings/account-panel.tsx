import type { Account, Role } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { useOnce } from '../../api/once';
import { useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { Checkbox, SelectField, TextField } from '../../ui/field';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { settingsWords } from './words';

export const ACCOUNTS = ['accounts'] as const;
const ROLES: readonly Role[] = ['desk', 'agent', 'partner-editor', 'manager', 'administrator'];
const NONE = 'none';

type AccountForm = Pick<Account, 'email' | 'name' | 'role' | 'partnerId' | 'agentId' | 'language' | 'disabled'>;
interface ResetLink {
  url: string;
  expires: string;
}

const NEW: AccountForm = {
  email: '',
  name: '',
  role: 'desk',
  partnerId: null,
  agentId: null,
  language: 'fr',
  disabled: false,
};

/** Roles that belong to one partner. */
const isOfPartner = (role: Role) => role === 'agent' || role === 'partner-editor';

/** An account: made with a link to hand over, so that nobody but its person ever knows the password. */
export function AccountPanel({ account, onClose }: { account: Account | undefined; onClose(): void }) {
  const words = useWords(settingsWords);
  const shared = useWords(sharedWords);
  const { partners, agents } = useNames();
  const { account: me } = useMe();
  const post = useOnce();
  const [body, setBody] = useState<AccountForm>(account ?? NEW);
  const [link, setLink] = useState<ResetLink | null>(null);
  const change = (part: Partial<AccountForm>) => setBody({ ...body, ...part });
  const isMe = account?.id === me.id;
  const over = () => queryClient.invalidateQueries({ queryKey: ACCOUNTS });
  const saving = useMutation({
    mutationFn: async () => {
      const { email, disabled, ...rest } = body;
      if (!account) return (await post<{ reset: ResetLink }>('/accounts', { email: email.trim(), ...rest })).reset;
      // One's own role and access are another administrator's to change.
      const { role: _role, ...own } = rest;
      await send('PATCH', `/accounts/${account.id}`, isMe ? own : { ...rest, disabled });
      return null;
    },
    onSuccess: (reset) => {
      toast(words.saved);
      if (reset) setLink(reset);
      else onClose();
      return over();
    },
  });
  const linking = useMutation({
    mutationFn: () => send<ResetLink>('POST', `/accounts/${account?.id}/reset-link`),
    onSuccess: setLink,
  });
  const errors = fieldErrors(saving.error);
  const title = account ? words.edit(account.name) : words.account.create;
  if (link)
    return (
      <Panel title={title} isOpen onClose={onClose}>
        <LinkToGive link={link} onClose={onClose} />
      </Panel>
    );
  return (
    <Panel title={title} lead={account?.email} isOpen onClose={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <TextField
          label={words.name}
          value={body.name}
          onChange={(name) => change({ name })}
          error={errors.name}
          autoFocus
          isRequired
          autoComplete="off"
          maxLength={120}
        />
        {!account && (
          <TextField
            label={words.account.email}
            value={body.email}
            onChange={(email) => change({ email })}
            error={errors.email}
            type="email"
            isRequired
            autoComplete="off"
            maxLength={200}
          />
        )}
        {!isMe && (
          <SelectField
            label={words.account.role}
            value={body.role}
            onChange={(chosen) => {
              const role = chosen as Role;
              change(isOfPartner(role) ? { role } : { role, partnerId: null, agentId: null });
            }}
            error={errors.role}
            options={ROLES.map((id) => ({
              id,
              label: words.account.roles[id],
              detail: words.account.roleHints[id],
            }))}
          />
        )}
        {isOfPartner(body.role) && (
          <SelectField
            label={words.partner}
            placeholder={words.choose}
            value={body.partnerId}
            onChange={(partnerId) => change({ partnerId, agentId: null })}
            error={errors.partnerId}
            options={partners.filter(({ retired }) => !retired).map(({ id, name }) => ({ id, label: name }))}
          />
        )}
        {body.role === 'agent' && body.partnerId && (
          <SelectField
            label={words.account.agentIs}
            value={body.agentId ?? NONE}
            onChange={(id) => change({ agentId: id === NONE ? null : id })}
            error={errors.agentId}
            options={[
              { id: NONE, label: words.account.noAgent },
              ...agents
                .filter(({ partnerId, retired }) => partnerId === body.partnerId && !retired)
                .map(({ id, name }) => ({ id, label: name })),
            ]}
          />
        )}
        <SelectField
          label={words.account.language}
          value={body.language}
          onChange={(language) => change({ language: language as Account['language'] })}
          options={[
            { id: 'fr', label: 'Français' },
            { id: 'en', label: 'English' },
          ]}
        />
        {account && !isMe && (
          <Checkbox value={body.disabled} onChange={(disabled) => change({ disabled })}>
            {words.account.disabled}
          </Checkbox>
        )}
        <ProblemNote error={saving.error ?? linking.error} />
        <div className="acts">
          <Button look="primary" type="submit" isPending={saving.isPending}>
            {shared.save}
          </Button>
          {account && !account.disabled && (
            <Button isPending={linking.isPending} onPress={() => linking.mutate()}>
              {words.account.newLink}
            </Button>
          )}
        </div>
      </Form>
    </Panel>
  );
}

function LinkToGive({ link, onClose }: { link: ResetLink; onClose(): void }) {
  const words = useWords(settingsWords);
  const say = useSay();
  return (
    <div className="form">
      <h3>{words.account.link}</h3>
      <p>{words.account.linkWhy(say.moment(link.expires))}</p>
      <output className="link-to-give">{link.url}</output>
      <div className="acts">
        {/* Withheld by browsers on plain http: the link can still be selected. */}
        {'clipboard' in navigator && (
          <Button onPress={() => void navigator.clipboard.writeText(link.url).then(() => toast(words.account.copied))}>
            {words.account.copy}
          </Button>
        )}
        <Button look="primary" onPress={onClose}>
          {words.account.done}
        </Button>
      </div>
    </div>
  );
}
