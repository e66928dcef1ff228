import type { Permanence, Published } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { keys } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { DateField } from '../../ui/date-field';
import { ProblemNote } from '../../ui/problem';
import { ConsequencesNote } from './consequences';
import { proposalWords } from './proposal-words';
import { useAsksFirst, useStopShown } from './queries';
import { useTold } from './told';
import { permanenceWords } from './words';

/** Ends a permanence from a day on; who is booked after it is said first. */
export function Stop({ permanence, onClose }: { permanence: Permanence; onClose(): void }) {
  const words = useWords(permanenceWords);
  const asking = useWords(proposalWords);
  const asksFirst = useAsksFirst(permanence.confidential);
  const { today } = useSay();
  const [from, setFrom] = useState<string | null>(today);
  const asked = useMemo(() => (from ? { from } : null), [from]);
  const shown = useStopShown(permanence.id, asked);
  const isKnown = shown.isSuccess && !shown.isFetching;
  const told = useTold();
  const stopping = useMutation({
    mutationFn: () =>
      send<Published>('POST', `/permanences/${permanence.id}/stop`, { from, seen: shown.data?.consequences?.token }),
    onSuccess: (published) => {
      told(published, words.stopDone);
      onClose();
      return queryClient.invalidateQueries({ queryKey: keys.permanences });
    },
    onError: () => void shown.refetch(),
  });
  return (
    <Panel title={words.stopTitle} lead={permanence.title} isOpen onClose={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isKnown) stopping.mutate();
        }}
      >
        <p className="hint">{words.stopWhy}</p>
        <DateField label={words.stopFrom} value={from} onChange={setFrom} />
        {asked && <ConsequencesNote query={shown} isKnown={isKnown} listsDates />}
        {asksFirst && <p className="hint">{asking.asksFirst}</p>}
        <ProblemNote error={stopping.error} />
        <Button look="danger" type="submit" isDisabled={!isKnown} isPending={stopping.isPending}>
          {words.stopNow}
        </Button>
      </Form>
    </Panel>
  );
}
