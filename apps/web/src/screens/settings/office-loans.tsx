import type { OfficeLoan } from '@app/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { get, send } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys, useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { SelectField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { absenceWords } from './absence-words';
import { HoursFields, useHours } from './hours-fields';

/** The offices that the viewer may lend: any for the desk, one's own for a partner's people. */
function useOffices() {
  const { account } = useMe();
  const { rooms, agent } = useNames();
  return rooms.filter(({ retired, residentPartnerId, residentAgentIds }) => {
    const residents = [residentPartnerId, ...residentAgentIds.map((id) => agent(id)?.partnerId ?? null)].filter(
      Boolean,
    );
    if (retired || residents.length === 0) return false;
    const isPartners = account.role === 'agent' || account.role === 'partner-editor';
    return !isPartners || residents.includes(account.partnerId);
  });
}

/** Offices lent though those whose they are are there. */
export function OfficeLoans() {
  const words = useWords(absenceWords);
  const say = useSay();
  const names = useNames();
  const offices = useOffices();
  const [lends, setLends] = useState(false);
  const query = useQuery({
    queryKey: [...keys.absences, 'loans'],
    queryFn: ({ signal }) => get<OfficeLoan[]>('/office-loans', {}, signal),
  });
  const takingBack = useMutation({
    mutationFn: ({ id }: OfficeLoan) => send('DELETE', `/office-loans/${id}`),
    onSuccess: (_, { roomId }) => {
      toast(words.takenBack(names.room(roomId)?.name ?? ''));
      return queryClient.invalidateQueries();
    },
  });
  if (offices.length === 0) return null;
  return (
    <section className="card">
      <h2>{words.loans}</h2>
      <p className="hint">{words.loansHow}</p>
      <ProblemNote error={takingBack.error} />
      <Answer query={query}>
        {(loans) =>
          loans.length === 0 ? (
            <p>{words.noLoan}</p>
          ) : (
            <ul className="plain">
              {loans.map((loan) => {
                const name = names.room(loan.roomId)?.name ?? '';
                return (
                  <li key={loan.id} className="item thing">
                    <div>
                      <b>{name}</b>
                      <p>
                        {[say.moment(loan.start, loan.end), names.partner(loan.toPartnerId)?.name ?? words.anyone].join(
                          ' · ',
                        )}
                      </p>
                    </div>
                    {loan.mayChange && (
                      <Button
                        aria-label={words.takeBackOf(name)}
                        isDisabled={takingBack.isPending}
                        onPress={() => takingBack.mutate(loan)}
                      >
                        {words.takeBack}
                      </Button>
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Answer>
      <div className="acts">
        <Button onPress={() => setLends(true)}>{words.lend}</Button>
      </div>
      {lends && <LendPanel offices={offices} onClose={() => setLends(false)} />}
    </section>
  );
}

const ANYONE = 'anyone';

function LendPanel({ offices, onClose }: { offices: readonly { id: string; name: string }[]; onClose(): void }) {
  const words = useWords(absenceWords);
  const { today } = useSay();
  const names = useNames();
  const post = useOnce();
  const [roomId, setRoomId] = useState(offices[0]?.id ?? null);
  const [toWhom, setToWhom] = useState(ANYONE);
  const { chosen, choose, hours } = useHours(null, today, false);
  const lending = useMutation({
    mutationFn: () =>
      post<{ id: string }>('/office-loans', { roomId, ...hours, toPartnerId: toWhom === ANYONE ? null : toWhom }),
    onSuccess: () => {
      toast(words.lent(names.room(roomId)?.name ?? ''));
      onClose();
      return queryClient.invalidateQueries();
    },
  });
  const errors = fieldErrors(lending.error);
  return (
    <Panel title={words.lend} isOpen onClose={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (roomId && hours) lending.mutate();
        }}
      >
        <SelectField
          label={words.office}
          value={roomId}
          onChange={setRoomId}
          error={errors.roomId}
          options={offices.map(({ id, name }) => ({ id, label: name }))}
        />
        <HoursFields chosen={chosen} onChange={choose} mayBeDays={false} errors={errors} />
        <SelectField
          label={words.toWhom}
          value={toWhom}
          onChange={setToWhom}
          error={errors.toPartnerId}
          options={[
            { id: ANYONE, label: words.anyone },
            ...names.partners.filter(({ retired }) => !retired).map(({ id, name }) => ({ id, label: name })),
          ]}
        />
        <ProblemNote error={lending.error} />
        <Button look="primary" type="submit" isDisabled={!roomId || !hours} isPending={lending.isPending}>
          {words.lendNow}
        </Button>
      </Form>
    </Panel>
  );
}
