import type { CalendarChange, Permanence } from '@app/contract';
import { useRef, useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { useNames } from '../../api/queries';
import { Answer, Loading } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { PermanenceForm } from '../permanences/edit';
import { usePermanence } from '../permanences/queries';
import { withChange } from './lines';
import { keptChosen, noteTaken, useCalendarChange } from './queries';

/** The usual form, filled with what was chosen of a calendar. */
export function NewFromCalendar() {
  const [chosen] = useState(keptChosen);
  const { sites } = useNames();
  // The page was loaded anew: what was read is gone with it.
  if (!chosen) return <Navigate to="/permanences/importer" replace />;
  if (sites.length === 0) return <Loading />;
  const { draft, followed } = chosen;
  return (
    <PermanenceForm
      stored={null}
      start={draft}
      onImported={async (permanenceId) => {
        if (followed) await noteTaken(followed.id, { permanenceId, titles: followed.titles, lines: followed.lines });
      }}
    />
  );
}

/** The form of a permanence, with what its calendar changed: looked at, changed and saved as any other change. */
export function TakeUpChange() {
  const { id, subscriptionId = '' } = useParams();
  const permanence = usePermanence(id);
  const change = useCalendarChange(subscriptionId);
  // What is being written stays what it was when opened.
  const opened = useRef<{ permanence: Permanence; change: CalendarChange } | undefined>(undefined);
  if (permanence.data && change.data && !permanence.isFetching && !change.isFetching) {
    opened.current ??= { permanence: permanence.data, change: change.data };
  }
  if (change.error && !opened.current) return <ProblemNote error={change.error} />;
  return (
    <Answer query={{ ...permanence, data: opened.current }} isScreen>
      {({ permanence: known, change: { titles, latest, ...changes } }) => (
        <PermanenceForm
          stored={known}
          start={withChange(known, changes)}
          onImported={(permanenceId) => noteTaken(subscriptionId, { permanenceId, titles, lines: latest })}
        />
      )}
    </Answer>
  );
}
