import type { SchoolImported, SpaceCalendar } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { DropZone, FileTrigger, isFileDropItem } from 'react-aria-components';
import { send, sendFile } from '../../api/client';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { Effect } from './calendar-effect';
import { closureWords } from './closure-words';
import { schoolWords } from './school-words';
import '../imports/imports.css';

const LONGEST = 4 * 1024 * 1024;
const PATH = '/space-calendar/school-holidays';
const upload = (file: File, dryRun: boolean) => sendFile<SchoolImported>(`${PATH}?dryRun=${dryRun}`, 'text/csv', file);

/** Newer years of school holidays, from the official file: what it changes is said before it is taken. */
export function SchoolCalendarCard({ calendar }: { calendar: SpaceCalendar }) {
  const words = useWords(schoolWords);
  const say = useSay();
  const [file, setFile] = useState<File | null>(null);
  const reading = useMutation({ mutationFn: (chosen: File) => upload(chosen, true) });
  const done = (said: string) => {
    toast(said);
    setFile(null);
    reading.reset();
    return queryClient.invalidateQueries();
  };
  const taking = useMutation({
    mutationFn: (chosen: File) => upload(chosen, false),
    onSuccess: () => done(words.taken),
  });
  const forgetting = useMutation({ mutationFn: () => send('DELETE', PATH), onSuccess: () => done(words.forgotten) });
  const take = (chosen: File | null | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    taking.reset();
    if (chosen.size <= LONGEST) reading.mutate(chosen);
    else reading.reset();
  };
  const { schoolImported, schoolZone } = calendar;
  return (
    <section className="card form">
      <h2>{words.title}</h2>
      <p className="hint">{schoolImported ? words.imported(say.moment(schoolImported)) : words.shipped}</p>
      <p className="hint">{words.how}</p>
      {schoolZone ? (
        <DropZone
          className="drop-zone"
          onDrop={({ items }) => void items.find(isFileDropItem)?.getFile().then(take)}
          getDropOperation={() => 'copy'}
        >
          <p>{words.drop}</p>
          <FileTrigger acceptedFileTypes={['.csv', '.json', '.jsonl']} onSelect={(files) => take(files?.item(0))}>
            <Button isPending={reading.isPending}>{words.pick}</Button>
          </FileTrigger>
        </DropZone>
      ) : (
        <p className="note">{words.noZone}</p>
      )}
      {reading.isPending && <p role="status">{words.reading}</p>}
      {file && file.size > LONGEST && (
        <p className="note stop" role="alert">
          {words.tooLarge}
        </p>
      )}
      <ProblemNote error={reading.error ?? taking.error ?? forgetting.error} />
      {file && reading.data && (
        <>
          <p>
            <b>{file.name}</b>
          </p>
          <WhatChanges imported={reading.data} />
          <div className="acts">
            <Button look="primary" isPending={taking.isPending} onPress={() => taking.mutate(file)}>
              {words.take}
            </Button>
          </div>
        </>
      )}
      {schoolImported && !file && (
        <Button className="start" isPending={forgetting.isPending} onPress={() => forgetting.mutate()}>
          {words.forget}
        </Button>
      )}
    </section>
  );
}

function WhatChanges({ imported }: { imported: SchoolImported }) {
  const words = useWords(schoolWords);
  const closures = useWords(closureWords);
  const say = useSay();
  const { before, after, confirmed } = imported;
  const lines = ({ periods }: SchoolImported['after']) =>
    periods
      .filter(({ to }) => to === null || to >= say.today)
      .map(
        ({ name, from, to, verified }) =>
          closures.period(name, say.date(from), to && say.date(to)) + (verified ? '' : ` (${closures.toCheck})`),
      );
  const [were, are] = [lines(before), lines(after)];
  const changes = [
    ...are.filter((line) => !were.includes(line)).map(words.come),
    ...were.filter((line) => !are.includes(line)).map(words.gone),
  ];
  const until = (day: string | null) => (day ? say.date(day) : words.never);
  return (
    <>
      {changes.length > 0 ? (
        <>
          <p>{words.until(until(before.verifiedUntil), until(after.verifiedUntil))}</p>
          <ul>
            {changes.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      ) : (
        <p>{words.same}</p>
      )}
      {confirmed > 0 && <p>{words.confirmed(confirmed)}</p>}
      <Effect effect={imported} error={null} />
    </>
  );
}
