import type { OccurrenceDetail } from '@app/contract';
import { useParams } from 'react-router';
import { useNames, useOccurrence } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button, ButtonLink } from '../../ui/button';
import { Answer } from '../../ui/page';
import { rollWords } from './words';
import './roll.css';

/** The list of a group, to sign on paper; a line for each place left. */
export function Roll() {
  const query = useOccurrence(useParams().id ?? null);
  return (
    <Answer query={query} isScreen>
      {(occurrence) => <Paper occurrence={occurrence} />}
    </Answer>
  );
}

function Paper({ occurrence }: { occurrence: OccurrenceDetail }) {
  const words = useWords(rollWords);
  const say = useSay();
  const names = useNames();
  const { id, title, start, end, siteId, roomId, seats, given } = occurrence;
  const people = [...occurrence.appointments].sort((a, b) => a.usagerName.localeCompare(b.usagerName, 'fr'));
  const left = Math.max(0, seats - people.length - given.length);
  const where = [names.site(siteId)?.name, names.room(roomId)?.name ?? words.noRoom].filter(Boolean).join(', ');
  const agents = occurrence.agentIds.map((agent) => names.agent(agent)?.name).filter(Boolean);
  return (
    <>
      <article className="roll card">
        <h1>{title}</h1>
        <p>
          {words.title} · <b>{say.moment(start, end)}</b>
          <br />
          {[names.partner(occurrence.partnerId)?.name, ...agents].filter(Boolean).join(' · ')}
          <br />
          {where} · {words.places(people.length + given.length, seats)}
        </p>
        <table>
          <thead>
            <tr>
              <th scope="col">n°</th>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.signature}</th>
            </tr>
          </thead>
          <tbody>
            {people.map(({ id: one, usagerName, excused }, at) => (
              <tr key={one}>
                <td>{at + 1}</td>
                <td>{usagerName}</td>
                <td>{excused && words.excused}</td>
              </tr>
            ))}
            {Array.from({ length: left + given.length }, (_, at) => people.length + at + 1).map((place) => (
              <tr key={place}>
                <td>{place}</td>
                <td />
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </article>
      <div className="acts">
        <Button look="primary" autoFocus onPress={() => window.print()}>
          {words.print}
        </Button>
        <ButtonLink href={`/?lieu=${siteId}&jour=${start.slice(0, 10)}&seance=${id}`}>{words.back}</ButtonLink>
      </div>
    </>
  );
}
