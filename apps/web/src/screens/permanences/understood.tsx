import type { PermanenceReading, RuleRead } from '@app/contract';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { SelectField } from '../../ui/field';
import { type Answers, linesOf, type Open } from './answers';
import type { RuleDraft } from './draft';
import { OpenQuestion } from './open-question';
import { Quoted } from './quoted';
import { permanenceWords } from './words';
import { writingWords } from './writing-words';

interface UnderstoodProps {
  reading: PermanenceReading;
  /** The words that were read. */
  words: string;
  open: readonly Open[];
  answers: Answers;
  onAnswer(part: Partial<Answers>): void;
}

/** What was understood, line by line, what deserves a second look, and what remains to be said. */
export function Understood({ reading, words, open, answers, onAnswer }: UnderstoodProps) {
  const said = useWords(writingWords);
  const unanswered = open.filter(({ isAnswered }) => !isAnswered).length;
  if (reading.rules.length === 0)
    return (
      <div className="note stop" role="status">
        <b>{said.refused}</b>
        {reading.questions.map(({ text, at }) => (
          <div key={`${text} ${at}`}>
            <p>{text}</p>
            <Quoted words={words} at={at} />
          </div>
        ))}
        <p>{said.refusedHow}</p>
      </div>
    );
  return (
    <>
      <p role="status" className={unanswered > 0 ? 'state-wait' : 'state-ok'}>
        {unanswered > 0 ? said.remaining(unanswered) : said.allUnderstood}
      </p>
      <ul className="plain rule-lines">
        {linesOf(reading, answers).map((line, nth) => {
          const rule = reading.rules[nth];
          return (
            rule && <Line key={line.key} rule={rule} line={line} isModeKnown={(rule.mode ?? answers.mode) !== null} />
          );
        })}
      </ul>
      {open.length > 0 && (
        <ul className="plain questions">
          {open.map((question) => (
            <OpenQuestion key={question.key} open={question} words={words} answers={answers} onAnswer={onAnswer} />
          ))}
        </ul>
      )}
      <Rooms reading={reading} answers={answers} onAnswer={onAnswer} />
      {reading.warnings.length > 0 && (
        <details open>
          <summary>{said.warnings}</summary>
          <ul className="plain questions">
            {reading.warnings.map(({ text, at }) => (
              <li key={`${text} ${at}`}>
                {text}
                <Quoted words={words} at={at} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface LineProps {
  rule: RuleRead;
  /** The same with what was answered. */
  line: RuleDraft;
  isModeKnown: boolean;
}

function Line({ rule, line, isModeKnown }: LineProps) {
  const said = useWords(writingWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const { site, room } = useNames();
  const { start, end } = line;
  const where = [site(line.siteId)?.name ?? said.noSite, room(line.roomId)?.name, ...rule.exclusions];
  const hours = start && end ? say.range(start, end) : start ? say.time(start) : said.someHours;
  return (
    <li>
      <span className={isModeKnown ? 'tag' : 'tag wait'}>{isModeKnown ? shared.mode[line.mode] : said.someMode}</span>{' '}
      {rule.said ?? said.someDays}, {hours}
      <p className="where">{where.filter(Boolean).join(' · ')}</p>
    </li>
  );
}

/** The room proposed at each site, and the others. */
function Rooms({ reading, answers, onAnswer }: Pick<UnderstoodProps, 'reading' | 'answers' | 'onAnswer'>) {
  const words = useWords(permanenceWords);
  const said = useWords(writingWords);
  const { rooms, site } = useNames();
  const lines = linesOf(reading, answers);
  const sites = [...new Set(lines.flatMap(({ siteId }) => siteId ?? []))];
  return sites.map((siteId) => {
    const nth = lines.findIndex((line) => line.siteId === siteId);
    const line = lines[nth];
    const read = reading.rules[nth];
    const isProposed = read?.roomWhy && line?.roomId === read.roomId;
    return (
      <SelectField
        key={siteId}
        label={said.roomAt(site(siteId)?.name ?? '')}
        hint={isProposed && read.roomWhy ? said.roomWhy[read.roomWhy] : undefined}
        value={line?.roomId ?? NONE}
        onChange={(id) => onAnswer({ rooms: { ...answers.rooms, [siteId]: id === NONE ? null : id } })}
        options={[
          { id: NONE, label: said.noRoom },
          ...rooms
            .filter((room) => room.siteId === siteId && !room.retired)
            .map(({ id, name, capacity, equipment }) => ({
              id,
              label: name,
              detail: [words.capacity(capacity), ...equipment].join(', '),
            })),
        ]}
      />
    );
  });
}

const NONE = 'none';
