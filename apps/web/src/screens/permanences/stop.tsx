import type { Permanence, Published } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { keys } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { DateField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { useDates } from './queries';
import { useTold } from './told';
import { permanenceWords } from './words';

const LOOKED_AT = 60;

/** Ends a permanence from a day on; who is booked after it is said first. */
export function Stop({ permanence, onClose }: { permanence: Permanence; onClose(): void }) {
  const words = useWords(permanenceWords);
  const shared = useWords(sharedWords);
  const { today } = useSay();
  const [from, setFrom] = useState<string | null>(today);
  const told = useTold();
  const stopping = useMutation({
    mutationFn: () => send<Published>('POST', `/permanences/${permanence.id}/stop`, { from }),
    onSuccess: (published) => {
      told(published, words.stopDone);
      onClose();
      return queryClient.invalidateQueries({ queryKey: keys.permanences });
    },
  });
  return (
    <Panel title={words.stopTitle} lead={permanence.title} isOpen onClose={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (from) stopping.mutate();
        }}
      >
        <p className="hint">{words.stopWhy}</p>
        <DateField
          label={words.stopFrom}
          value={from}
          onChange={setFrom}
          today={today}
          previousLabel={shared.previousMonth}
          nextLabel={shared.nextMonth}
          openLabel={shared.chooseDate}
        />
        {from && <Touched permanenceId={permanence.id} from={from} />}
        <ProblemNote error={stopping.error} />
        <Button look="danger" type="submit" isDisabled={!from} isPending={stopping.isPending}>
          {words.stopNow}
        </Button>
      </Form>
    </Panel>
  );
}

function Touched({ permanenceId, from }: { permanenceId: string; from: string }) {
  const words = useWords(permanenceWords);
  const say = useSay();
  const query = useDates(permanenceId, from, LOOKED_AT);
  return (
    <Answer query={query}>
      {(dates) => {
        const touched = dates.filter(({ booked }) => booked > 0);
        const count = touched.reduce((sum, { booked }) => sum + booked, 0);
        if (count === 0) return <p role="status">{words.stopNone}</p>;
        return (
          <div className="note stop" role="status">
            <b>{words.stopTouches(count)}</b>
            <p>{touched.map(({ start, booked }) => `${say.shortMoment(start)} (${booked})`).join(', ')}</p>
            <p>{words.touchedHow(count)}</p>
          </div>
        );
      }}
    </Answer>
  );
}
