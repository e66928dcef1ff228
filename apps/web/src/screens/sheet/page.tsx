import type { DaySheet } from '@app/contract';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { sheetWords } from './words';
import './sheet.css';

type Line = DaySheet['lines'][number];

/** How tall each line is, in lines of text; the print of a busy day is set smaller, so that one page holds it. */
const heightOf = ({ people, mode }: Line) => Math.max(people.length + (mode === 'walk-in' ? 2 : 0), 2) + 0.5;
const DENSE = 48;
const DENSER = 62;

function crowding(lines: readonly Line[]): '' | 'dense' | 'denser' {
  const height = lines.reduce((sum, line) => sum + heightOf(line), 0);
  return height > DENSER ? 'denser' : height > DENSE ? 'dense' : '';
}

/** The day on one page, black on white: who receives where, who is booked, and room to write. */
export function SheetPage({ sheet }: { sheet: DaySheet }) {
  const words = useWords(sheetWords);
  const say = useSay();
  return (
    <article className={`sheet card ${crowding(sheet.lines)}`}>
      <header>
        <h1>{words.of(sheet.agent ?? sheet.site, say.date(sheet.date))}</h1>
        <p>
          {sheet.agent && `${sheet.site} · `}
          {words.at(say.moment(sheet.at))}
        </p>
      </header>
      {sheet.closed && <p className="note">{words.closed(sheet.closed)}</p>}
      {sheet.lines.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.columns.where}</th>
              <th scope="col">{words.columns.who}</th>
              <th scope="col">{words.columns.people}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.lines.map((line) => (
              <SheetLine key={line.id} line={line} />
            ))}
          </tbody>
        </table>
      )}
    </article>
  );
}

function SheetLine({ line }: { line: Line }) {
  const words = useWords(sheetWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const { title, mode, agents, ownNumber, people } = line;
  const named = agents.filter((name) => !title?.includes(name));
  const about = [named.join(', '), mode && shared.mode[mode], ownNumber && say.phone(ownNumber)].filter(Boolean);
  return (
    <tr>
      <td>
        <span className="nb">{say.range(line.start, line.end)}</span>
        <small>{line.room || words.noRoom}</small>
      </td>
      <td>
        <b>{title ?? words.taken}</b>
        {about.length > 0 && <small>{about.join(' · ')}</small>}
      </td>
      <td>
        {people.length > 0 && (
          <ul>
            {people.map((person) => (
              <li key={person.appointmentId}>
                <span className="box" aria-hidden="true" />
                <span className="nb">{say.time(person.start)}</span> <b>{person.name}</b>{' '}
                {person.phone && <span className="nb">{say.phone(person.phone)}</span>}{' '}
                {person.safeContact && <em>{words.sayNothing}</em>}
                <small>
                  {[
                    !title?.includes(person.motif) && person.motif,
                    agents.join() !== person.agent && person.agent,
                    person.note,
                    person.state !== 'planned' && shared.state[person.state],
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </li>
            ))}
          </ul>
        )}
        {mode === 'walk-in' && <p className="to-fill">{words.walkIns}</p>}
      </td>
    </tr>
  );
}
