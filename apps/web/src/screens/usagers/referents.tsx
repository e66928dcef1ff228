import type { Usager } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { keys, useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { SelectField } from '../../ui/field';
import { PartnerMark } from '../../ui/partner-mark';
import { ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { marksWords } from './marks-words';

const NOBODY = 'nobody';

/** Who follows this person, at each partner the viewer may know of. */
export function Referents({ usager }: { usager: Usager }) {
  const words = useWords(marksWords);
  const names = useNames();
  const [asks, setAsks] = useState(false);
  return (
    <section className="card">
      <h2>{words.referents}</h2>
      {usager.referents.length === 0 && <p>{words.noReferent}</p>}
      <ul className="plain">
        {usager.referents.map(({ partnerId, agentId }) => (
          <li key={partnerId} className="item">
            <PartnerMark partner={names.partner(partnerId)} />
            <b>{names.agent(agentId)?.name}</b> · {names.partner(partnerId)?.name}
          </li>
        ))}
      </ul>
      <Button className="start" onPress={() => setAsks(true)}>
        {words.setReferent}
      </Button>
      {asks && <ReferentPanel usager={usager} onClose={() => setAsks(false)} />}
    </section>
  );
}

function ReferentPanel({ usager, onClose }: { usager: Usager; onClose(): void }) {
  const words = useWords(marksWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const { account } = useMe();
  const isOfPartner = account.role === 'agent' || account.role === 'partner-editor';
  const partners = names.partners.filter(
    ({ id, retired, confidential }) => !retired && (isOfPartner ? id === account.partnerId : !confidential),
  );
  const [partnerId, setPartnerId] = useState(partners.length === 1 ? (partners[0]?.id ?? null) : null);
  const current = usager.referents.find((one) => one.partnerId === partnerId)?.agentId ?? NOBODY;
  const [chosen, setChosen] = useState<string | null>(null);
  const agentId = chosen ?? current;
  const saying = useMutation({
    mutationFn: () =>
      send<Usager>('PUT', `/usagers/${usager.id}/referents`, {
        partnerId,
        agentId: agentId === NOBODY ? null : agentId,
      }),
    onSuccess: () => {
      toast(words.referentSaid);
      void queryClient.invalidateQueries({ queryKey: keys.usagers });
      onClose();
    },
  });
  return (
    <Panel title={words.setReferent} isOpen onClose={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (partnerId) saying.mutate();
        }}
      >
        <SelectField
          label={words.partner}
          value={partnerId}
          onChange={(id) => {
            setPartnerId(id);
            setChosen(null);
          }}
          options={partners.map(({ id, name }) => ({ id, label: name }))}
        />
        {partnerId && (
          <SelectField
            label={words.referent}
            value={agentId}
            onChange={setChosen}
            options={[
              { id: NOBODY, label: words.nobodyFollows },
              ...names.agents
                .filter((agent) => !agent.retired && agent.partnerId === partnerId)
                .map(({ id, name }) => ({ id, label: name })),
            ]}
          />
        )}
        <ProblemNote error={saying.error} />
        <Button look="primary" type="submit" isDisabled={!partnerId} isPending={saying.isPending}>
          {shared.save}
        </Button>
      </Form>
    </Panel>
  );
}
