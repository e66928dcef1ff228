import type { Permanence, PermanenceBody } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { get, Refused } from '../../api/client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { DateField } from '../../ui/date-field';
import { ProblemNote } from '../../ui/problem';
import { Segmented } from '../../ui/segmented';
import { changeWords } from './change-words';
import { ConsequencesNote } from './consequences';
import { proposalWords } from './proposal-words';
import { useAsksFirst, useChangeShown } from './queries';
import type { Stored, useSaving } from './saving';
import { BehindActs } from './behind-acts';

interface ReviewProps {
  body: PermanenceBody;
  stored: Stored;
  saving: ReturnType<typeof useSaving>;
  onStored(stored: Stored): void;
  onClose(): void;
}

/** The last look at a change of what is published: for all dates or from a day on, and what it does to dates and to people. */
export function Review({ body, stored, saving, onStored, onClose }: ReviewProps) {
  const words = useWords(changeWords);
  const asking = useWords(proposalWords);
  const asksFirst = useAsksFirst(body.confidential);
  const { today } = useSay();
  const [which, setWhich] = useState<'all' | 'from'>('all');
  const [day, setDay] = useState<string | null>(today);
  const asked = useMemo(
    () =>
      which === 'from' && !day
        ? null
        : { permanence: body, version: stored.version, ...(which === 'from' && day && { from: day }) },
    [which, day, body, stored.version],
  );
  const shown = useChangeShown(stored.id, asked);
  const isKnown = shown.isSuccess && !shown.isFetching;
  const readAgain = useMutation({
    mutationFn: () => get<Permanence>(`/permanences/${stored.id}`),
    onSuccess: onStored,
  });
  const behind = isBehind(shown.error) && (
    <BehindActs id={stored.id} isPending={readAgain.isPending} onOver={() => readAgain.mutate()} />
  );
  const save = () => {
    const seen = shown.data?.consequences?.token;
    const how = { ...(asked?.from !== undefined && { from: asked.from }), ...(seen !== undefined && { seen }) };
    saving.mutate({ body, publishes: true, over: false, how }, { onError: () => void shown.refetch() });
  };
  return (
    <Panel title={words.reviewTitle} lead={body.title} isOpen onClose={onClose}>
      <div className="form">
        <Segmented
          label={words.reviewWhich}
          value={which}
          onChange={setWhich}
          options={(['all', 'from'] as const).map((id) => ({ id, label: words.which[id] }))}
        />
        {which === 'from' && (
          <>
            <DateField label={words.reviewFrom} value={day} onChange={setDay} />
            <p className="hint">{words.fromHow}</p>
          </>
        )}
        {asked && (
          <ConsequencesNote query={shown} isKnown={isKnown} listsDates>
            {behind}
          </ConsequencesNote>
        )}
        {asksFirst && <p className="hint">{asking.asksFirst}</p>}
        <ProblemNote error={saving.error} />
        <Button look="primary" isDisabled={!isKnown} isPending={saving.isPending} onPress={save}>
          {words.saveNow}
        </Button>
      </div>
    </Panel>
  );
}

/** Someone else saved in between. */
export function isBehind(error: Error | null): boolean {
  return error instanceof Refused && error.problem.why === 'version';
}
