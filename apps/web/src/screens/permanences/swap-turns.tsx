import type { DateChanged, Permanence, PermanenceDate } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { keys, useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useNow } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { SelectField } from '../../ui/field';
import { ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { changeWords } from './change-words';
import { ConsequencesNote } from './consequences';
import { useDryRun, useOtherTurns } from './queries';
import { mayBeSwapped } from './turns';

interface SwapTurnsProps {
  permanence: Permanence;
  date: PermanenceDate;
  /** Among which the other turn is chosen. */
  dates: readonly PermanenceDate[];
  onClose(): void;
}

/** Two agents of a rota swap their turns; what they have elsewhere at those hours is said first. */
export function SwapTurns({ permanence, date, dates, onClose }: SwapTurnsProps) {
  const words = useWords(changeWords);
  const say = useSay();
  const names = useNames();
  const now = useNow();
  const elsewhere = useOtherTurns(permanence, say.today);
  const others = useMemo(
    () =>
      [...dates.map((one) => ({ ...one, of: null })), ...elsewhere]
        .filter((one) => mayBeSwapped(date, one, now))
        .sort((a, b) => (a.start < b.start ? -1 : 1)),
    [dates, elsewhere, date, now],
  );
  const [picked, setChosen] = useState<string | null>(null);
  const chosen = picked ?? (others[0] ? keyOf(others[0]) : null);
  const other = others.find((one) => keyOf(one) === chosen);
  const asked = useMemo(
    () =>
      other ? { one: turnOf(date), other: { ...turnOf(other), ...(other.of && { permanenceId: other.of.id }) } } : null,
    [date, other],
  );
  const dryRun = useDryRun(permanence.id, 'swap', asked);
  const isKnown = dryRun.isSuccess && !dryRun.isFetching;
  const saving = useMutation({
    mutationFn: () =>
      send<DateChanged>('POST', `/permanences/${permanence.id}/swap`, {
        ...asked,
        seen: dryRun.data?.consequences.token,
      }),
    onSuccess: () => {
      toast(words.swapDone);
      onClose();
      return queryClient.invalidateQueries({ queryKey: keys.permanences });
    },
    onError: () => void dryRun.refetch(),
  });
  const who = ({ agentIds }: PermanenceDate) => agentIds.map((id) => names.agent(id)?.name ?? '').join(', ');
  return (
    <Panel
      title={words.swapTitle}
      lead={`${say.atStart(say.shortMoment(date.start))}, ${who(date)}`}
      isOpen
      onClose={onClose}
    >
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isKnown) saving.mutate();
        }}
      >
        <p className="hint">{words.swapWhy}</p>
        {chosen === null ? (
          <p>{words.swapNone}</p>
        ) : (
          <SelectField
            label={words.swapWith}
            value={chosen}
            onChange={setChosen}
            options={others.map((one) => ({
              id: keyOf(one),
              label: `${say.atStart(say.shortMoment(one.start))}, ${who(one)}`,
              ...(one.of && { detail: one.of.title }),
            }))}
          />
        )}
        {asked && <ConsequencesNote query={dryRun} isKnown={isKnown} listsDates />}
        <ProblemNote error={saving.error} />
        <Button look="primary" type="submit" isDisabled={!isKnown} isPending={saving.isPending}>
          {words.swapNow}
        </Button>
      </Form>
    </Panel>
  );
}

const keyOf = ({ ruleId, originalStart }: PermanenceDate): string => `${ruleId} ${originalStart}`;
const turnOf = ({ ruleId, originalStart }: PermanenceDate) => ({ ruleId, originalStart });
