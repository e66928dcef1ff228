import { useMutation } from '@tanstack/react-query';
import { send } from '../../api/client';
import { useWords } from '../../i18n/language';
import { Button, ButtonLink } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { Answer } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { LineWords } from './line-words';
import { subscriptionsAgain, useCalendarChange } from './queries';
import { importWords } from './words';

interface CalendarChangedProps {
  id: string;
  permanenceId: string;
  onClose(): void;
}

/** What a calendar changed of its permanence, before anything is done about it. */
export function CalendarChanged({ id, permanenceId, onClose }: CalendarChangedProps) {
  const words = useWords(importWords);
  const query = useCalendarChange(id);
  const keeping = useMutation({
    mutationFn: () => send('POST', `/calendar-subscriptions/${id}/keep`),
    onSuccess: () => {
      toast(words.kept);
      onClose();
      return subscriptionsAgain();
    },
  });
  return (
    <Panel title={words.changeTitle} isOpen onClose={onClose}>
      <Answer query={query}>
        {({ gone, come }) => (
          <div className="form">
            {come.length > 0 && (
              <div>
                <h3>{words.come}</h3>
                <ul className="rule-lines">
                  {come.map((line) => (
                    <li key={JSON.stringify(line)}>
                      <LineWords line={line} />
                    </li>
                  ))}
                </ul>
              </div>
            )}
            {gone.length > 0 && (
              <div>
                <h3>{words.gone}</h3>
                <ul className="rule-lines">
                  {gone.map((rule) => (
                    <li key={rule.ruleId}>{rule.words}</li>
                  ))}
                </ul>
              </div>
            )}
            {come.length + gone.length === 0 && <p>{words.onlyDates}</p>}
            <ProblemNote error={keeping.error} />
            {come.length + gone.length > 0 && <p className="hint">{words.takeUpHow}</p>}
            <div className="acts">
              {come.length + gone.length > 0 && (
                <ButtonLink look="primary" href={`/permanences/${permanenceId}/calendrier/${id}`}>
                  {words.takeUp}
                </ButtonLink>
              )}
              <Button isPending={keeping.isPending} onPress={() => keeping.mutate()}>
                {words.keep}
              </Button>
            </div>
          </div>
        )}
      </Answer>
    </Panel>
  );
}
