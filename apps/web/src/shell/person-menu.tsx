import type { Colleague, Me } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { send } from '../api/client';
import { queryClient } from '../api/query-client';
import { signOut, switchTo, useColleagues } from '../api/session';
import { useLanguage, useWords } from '../i18n/language';
import { PasswordForm } from '../screens/sign-in/password-form';
import { sharedWords } from '../i18n/shared';
import { Button } from '../ui/button';
import { Panel } from '../ui/dialog';
import { TextField } from '../ui/field';
import { ProblemNote } from '../ui/problem';
import { say } from '../ui/toasts';
import { shellWords } from './words';

/** Who is at the desk; a colleague of this workstation takes over in seconds, with a short code. */
export function PersonMenu({ me, onHelp }: { me: Me; onHelp(): void }) {
  const words = useWords(shellWords);
  const { language, choose } = useLanguage();
  const navigate = useNavigate();
  const { data: colleagues = [] } = useColleagues();
  const [next, setNext] = useState<Colleague | null>(null);
  const [setsCode, setSetsCode] = useState(false);
  const [someoneElse, setSomeoneElse] = useState(false);
  const others = colleagues.filter(({ id, hasCode }) => id !== me.account.id && hasCode);
  const acts: Record<string, () => void> = {
    else: () => setSomeoneElse(true),
    account: () => void navigate('/reglages/mon-compte'),
    code: () => setSetsCode(true),
    keys: onHelp,
    language: () => {
      choose(language === 'fr' ? 'en' : 'fr');
      void queryClient.invalidateQueries();
    },
    leave: () => void signOut().then(() => navigate('/connexion')),
  };
  return (
    <div className="person">
      <MenuTrigger>
        <Button look="quiet" aria-label={words.person(me.account.name)}>
          {me.account.name} <span aria-hidden="true">▾</span>
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="options"
            onAction={(key) => {
              const other = others.find(({ id }) => id === key);
              if (other) setNext(other);
              else acts[String(key)]?.();
            }}
          >
            {others.length > 0 && (
              <MenuSection items={others} aria-label={words.colleagues}>
                {({ id, name }) => (
                  <MenuItem id={id} className="option">
                    {words.switchTo(name)}
                  </MenuItem>
                )}
              </MenuSection>
            )}
            <MenuItem id="else" className="option">
              {words.someoneElse}
            </MenuItem>
            <Separator />
            <MenuItem id="account" className="option">
              {words.myAccount}
            </MenuItem>
            <MenuItem id="code" className="option">
              {words.myCode}
            </MenuItem>
            <MenuItem id="keys" className="option">
              {words.keys}
            </MenuItem>
            <MenuItem id="language" className="option">
              {words.otherLanguage}
            </MenuItem>
            <Separator />
            <MenuItem id="leave" className="option">
              {words.signOut}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {next && <TakeOver colleague={next} onClose={() => setNext(null)} />}
      {someoneElse && (
        // Whoever was here stays one of today's people: her short code brings her back.
        <Panel title={words.someoneElse} isOpen onClose={() => setSomeoneElse(false)} place="middle">
          <PasswordForm />
        </Panel>
      )}
      {setsCode && <MyCode onClose={() => setSetsCode(false)} />}
    </div>
  );
}

/** The short code of a colleague who signed in on this workstation today. */
function TakeOver({ colleague, onClose }: { colleague: Colleague; onClose(): void }) {
  const words = useWords(shellWords);
  return (
    <Panel title={words.switchTitle(colleague.name)} isOpen onClose={onClose} place="middle">
      <CodeForm colleague={colleague} onDone={onClose} />
    </Panel>
  );
}

export function CodeForm({ colleague, onDone }: { colleague: Colleague; onDone(): void }) {
  const words = useWords(shellWords);
  const [code, setCode] = useState('');
  const entering = useMutation({
    mutationFn: () => switchTo(colleague.id, code),
    onSuccess: (me) => {
      say(words.here(me.account.name));
      onDone();
    },
    onError: () => setCode(''),
  });
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (/^\d{4,8}$/.test(code)) entering.mutate();
      }}
    >
      <TextField
        label={words.code}
        value={code}
        onChange={setCode}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        maxLength={8}
      />
      <ProblemNote error={entering.error} />
      <Button look="primary" type="submit" isPending={entering.isPending}>
        {words.switchNow}
      </Button>
    </Form>
  );
}

function MyCode({ onClose }: { onClose(): void }) {
  const words = useWords(shellWords);
  const shared = useWords(sharedWords);
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const saving = useMutation({
    mutationFn: () => send('PUT', '/session/code', { code, password }),
    onSuccess: () => {
      say(words.codeSaved);
      onClose();
    },
  });
  return (
    <Panel title={words.codeTitle} lead={words.codeWhy} isOpen onClose={onClose} place="middle">
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <TextField
          label={words.codeNew}
          value={code}
          onChange={setCode}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          maxLength={8}
        />
        <TextField
          label={words.codePassword}
          value={password}
          onChange={setPassword}
          type="password"
          autoComplete="current-password"
        />
        <ProblemNote error={saving.error} />
        <Button look="primary" type="submit" isDisabled={!/^\d{4,8}$/.test(code)} isPending={saving.isPending}>
          {shared.save}
        </Button>
      </Form>
    </Panel>
  );
}
