import type { Appointment } from '@app/contract';
import { Link } from 'react-router';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { useSisters } from './series-step';
import { seriesWords } from './series-words';
import './series.css';

/** "3e de 8", and the others: each leads to its own day. */
export function Sisters({ appointment }: { appointment: Appointment }) {
  const words = useWords(seriesWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const { data: sisters = [] } = useSisters(appointment);
  const { series } = appointment;
  if (!series) return null;
  return (
    <details>
      <summary>
        {words.series} : {words.nthOf(series.nth, series.of)}
      </summary>
      <ul className="sisters" aria-label={words.sisters}>
        {sisters.map(({ id, start, siteId, state }) => (
          <li key={id}>
            {id === appointment.id ? (
              <>
                {say.moment(start)} · {words.thisOne}
              </>
            ) : (
              <Link to={`/?lieu=${siteId}&jour=${start.slice(0, 10)}&rdv=${id}`}>{say.moment(start)}</Link>
            )}
            {state !== 'planned' && ` · ${shared.state[state]}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
