import type { MergeBody, Merged, MergedField, Usager, UsagerFound } from '@app/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { get, send } from '../../api/client';
import { keys, useNames, useSectors, useUsagersFound } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { Answer } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Segmented } from '../../ui/segmented';
import { Suggest } from '../../ui/suggest';
import { say as toast } from '../../ui/toasts';
import { nameOf } from './already-known';
import { sayLanguage } from './languages';
import { marksWords } from './marks-words';
import { usagerWords } from './words';

/** Two records of one person: what would move is shown, then it is done. */
export function MergePanel({ usager, onClose }: { usager: Usager; onClose(): void }) {
  const words = useWords(marksWords);
  const inGeneral = useWords(usagerWords);
  const [typed, setTyped] = useState(nameOf(usager));
  const [other, setOther] = useState<UsagerFound | null>(null);
  const say = useSay();
  const { data: found = [], isPending, isPlaceholderData } = useUsagersFound(typed);
  const people = found.filter(({ id }) => id !== usager.id);
  // Her own name is a guess: what is typed takes its place.
  useEffect(() => {
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.select();
  }, []);
  return (
    <Panel title={words.mergeTitle(nameOf(usager))} lead={words.mergeHow} isOpen onClose={onClose}>
      {other ? (
        <Review usager={usager} otherId={other.id} onDone={onClose} />
      ) : (
        <Suggest
          label={words.mergeWho}
          autoFocus
          typed={typed}
          onType={setTyped}
          none={inGeneral.none}
          isStale={typed.trim().length >= 2 && (isPending || isPlaceholderData)}
          onPick={(id) => setOther(people.find((one) => one.id === id) ?? null)}
          groups={[
            {
              id: 'people',
              title: words.mergeWho,
              suggestions: people.map((person) => ({
                id: person.id,
                text: nameOf(person),
                detail: [person.phone && say.phone(person.phone), person.birthYear].filter(Boolean).join(' · '),
              })),
            },
          ]}
        />
      )}
    </Panel>
  );
}

function Review({ usager, otherId, onDone }: { usager: Usager; otherId: string; onDone(): void }) {
  const query = useQuery({
    queryKey: [...keys.usagers, usager.id, 'merge', otherId],
    queryFn: async ({ signal }) => {
      const other = await get<Usager>(`/usagers/${otherId}`, {}, signal);
      return send<Merged>('POST', `/usagers/${usager.id}/merge`, bodyOf(usager, other, [], true));
    },
  });
  return <Answer query={query}>{(shown) => <Choice usager={usager} shown={shown} onDone={onDone} />}</Answer>;
}

const bodyOf = (usager: Usager, other: Usager, take: MergedField[], dryRun: boolean): MergeBody => ({
  usagerId: other.id,
  take,
  version: usager.version,
  otherVersion: other.version,
  dryRun,
});

function Choice({ usager, shown, onDone }: { usager: Usager; shown: Merged; onDone(): void }) {
  const words = useWords(marksWords);
  const names = useNames();
  const [take, setTake] = useState<MergedField[]>([]);
  const saidBy = useValues();
  const { other, differ, moves } = shown;
  const merging = useMutation({
    mutationFn: () => send<Merged>('POST', `/usagers/${usager.id}/merge`, bodyOf(usager, other, take, false)),
    onSuccess: () => {
      toast(words.merged);
      for (const key of [keys.usagers, keys.board, keys.appointment, keys.messages])
        void queryClient.invalidateQueries({ queryKey: key });
      onDone();
    },
  });
  const partners = moves.partnerIds.map((id) => names.partner(id)?.shortName).filter(Boolean);
  const what = [
    moves.upcoming > 0 && words.mergeUpcoming(moves.upcoming),
    moves.past > 0 && words.mergePast(moves.past),
    moves.messages > 0 && words.mergeMessages(moves.messages),
    partners.length > 0 && words.mergePartners(partners.join(', ')),
  ].filter(Boolean);
  return (
    <div className="form">
      <h3>{words.mergeMoves}</h3>
      {what.length === 0 ? (
        <p>{words.mergeNothing}</p>
      ) : (
        <ul>
          {what.map((one) => (
            <li key={String(one)}>{one}</li>
          ))}
        </ul>
      )}
      {differ.length > 0 && <h3>{words.mergeDiffer}</h3>}
      {differ.map((field) => (
        <div key={field} className="field">
          <span>{words.fields[field]}</span>
          <Segmented<'kept' | 'other'>
            label={words.fields[field]}
            value={take.includes(field) ? 'other' : 'kept'}
            onChange={(side) => setTake(side === 'other' ? [...take, field] : take.filter((one) => one !== field))}
            options={[
              { id: 'kept', label: saidBy(usager, field) },
              { id: 'other', label: saidBy(other, field) },
            ]}
          />
        </div>
      ))}
      <ProblemNote error={merging.error} />
      <Button look="danger" isPending={merging.isPending} onPress={() => merging.mutate()}>
        {words.mergeNow}
      </Button>
    </div>
  );
}

/** What a record says in a field, as one reads it. */
function useValues(): (usager: Usager, field: MergedField) => string {
  const words = useWords(usagerWords);
  const say = useSay();
  const { data: sectors = [] } = useSectors();
  const languages = new Intl.DisplayNames([say.language], { type: 'language' });
  return (usager, field) => {
    switch (field) {
      case 'phone':
        return usager.phone ? say.phone(usager.phone) : '—';
      case 'toldBy':
        return words.toldByIs[usager.toldBy];
      case 'contact':
        return usager.contact?.name ?? '—';
      case 'language':
        return sayLanguage(usager.language, languages);
      case 'sectorId':
        return sectors.find(({ id }) => id === usager.sectorId)?.name ?? '—';
      default:
        return String(usager[field] ?? '') || '—';
    }
  };
}
