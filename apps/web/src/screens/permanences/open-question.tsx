import type { RuleRead } from '@app/contract';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { DateField } from '../../ui/date-field';
import { TimeField } from '../../ui/field';
import { type Answers, anchorKey, daysHeard, halfDaysOf, halvesHeard, hoursOf, type Open, ruleKey } from './answers';
import { Choices } from './choices';
import { Quoted } from './quoted';
import { RhythmFields } from './rhythm-fields';
import { writingWords } from './writing-words';
import { permanenceWords } from './words';

interface QuestionProps {
  open: Open;
  words: string;
  answers: Answers;
  onAnswer(part: Partial<Answers>): void;
}

/** A question that the words leave, with its likely answers one click away. */
export function OpenQuestion({ open, words, answers, onAnswer }: QuestionProps) {
  const said = useWords(writingWords);
  const { modes } = useWords(permanenceWords);
  const names = useNames();
  const { about, rule, at } = open;
  const excerpt = at ? words.slice(at[0], at[1]) : words;
  const isUnknownSite = about === 'site' && rule?.site;
  const asked = isUnknownSite ? said.unknownSite(rule.site ?? '') : (open.text ?? said.ask[about]);
  return (
    <li className={open.isAnswered ? 'note ok' : 'note'}>
      <b>{asked}</b>
      {at && <Quoted words={words} at={at} />}
      {about === 'mode' && (
        <Choices
          label={asked}
          value={answers.mode}
          onChange={(mode) => onAnswer({ mode: mode as Answers['mode'] })}
          options={MODES.map((id) => ({ id, label: modes[id] }))}
        />
      )}
      {about === 'site' && rule && (
        <Choices
          label={asked}
          value={answers.sites[rule.site ?? ''] ?? null}
          onChange={(siteId) => onAnswer({ sites: { ...answers.sites, [rule.site ?? '']: siteId } })}
          options={names.sites.filter(({ retired }) => !retired).map(({ id, name }) => ({ id, label: name }))}
        />
      )}
      {about === 'anchor' && rule && <FirstDate label={asked} rule={rule} answers={answers} onAnswer={onAnswer} />}
      {about === 'times' && rule && (
        <TheHours label={asked} rule={rule} excerpt={excerpt} answers={answers} onAnswer={onAnswer} />
      )}
      {about === 'days' && rule && <TheDays rule={rule} excerpt={excerpt} answers={answers} onAnswer={onAnswer} />}
      {about === 'agree' && (
        <Choices
          label={asked}
          value={open.isAnswered ? 'agreed' : null}
          onChange={() => onAnswer({ agreed: [...answers.agreed, open.key] })}
          options={[{ id: 'agreed', label: said.asUnderstood }]}
        />
      )}
    </li>
  );
}

const MODES = ['walk-in', 'appointment', 'group'] as const;

interface PartProps {
  rule: RuleRead;
  answers: Answers;
  onAnswer(part: Partial<Answers>): void;
}

/** "Un jeudi sur deux": this one or the next, or another that one chooses. */
function FirstDate({ label, rule, answers, onAnswer }: PartProps & { label: string }) {
  const said = useWords(writingWords);
  const say = useSay();
  const chosen = answers.anchors[anchorKey(rule)] ?? null;
  const choose = (date: string | null) => {
    const { [anchorKey(rule)]: _, ...others } = answers.anchors;
    onAnswer({ anchors: date === null ? others : { ...others, [anchorKey(rule)]: date } });
  };
  return (
    <>
      <Choices
        label={label}
        value={chosen}
        onChange={choose}
        options={rule.anchors.map((date) => ({ id: date, label: say.date(date) }))}
      />
      <DateField label={said.otherDate} value={chosen} onChange={choose} />
    </>
  );
}

/** The half days that the site is open, or other hours. */
function TheHours({ label, rule, excerpt, answers, onAnswer }: PartProps & { label: string; excerpt: string }) {
  const words = useWords(permanenceWords);
  const said = useWords(writingWords);
  const say = useSay();
  const { site, sites } = useNames();
  const key = ruleKey(rule);
  const hours = hoursOf(rule, answers);
  const openings = site(rule.siteId)?.openings ?? sites.flatMap((one) => one.openings);
  // What is said stays: only the half days that agree with it are offered.
  const halves = halvesHeard(excerpt, halfDaysOf(openings))
    .map(({ start, end }) => ({ start: rule.start ?? start, end: rule.end ?? end }))
    .filter(({ start, end }) => start < end);
  const offered = [...new Map(halves.map((half) => [`${half.start} ${half.end}`, half])).entries()];
  const answer = (part: Partial<typeof hours>) =>
    onAnswer({ times: { ...answers.times, [key]: { ...hours, ...part } } });
  return (
    <>
      {rule.said && <p>{said.about(rule.said)}</p>}
      <Choices
        label={label}
        value={hours.start && hours.end ? `${hours.start} ${hours.end}` : null}
        onChange={(half) => answer({ start: half.slice(0, 5), end: half.slice(6) })}
        options={offered.map(([id, { start, end }]) => ({ id, label: say.range(start, end) }))}
      />
      <div className="hours-row">
        {rule.start === null && (
          <TimeField label={words.start} value={hours.start} onChange={(start) => answer({ start })} />
        )}
        {rule.end === null && <TimeField label={words.end} value={hours.end} onChange={(end) => answer({ end })} />}
      </div>
    </>
  );
}

function TheDays({ rule, excerpt, answers, onAnswer }: PartProps & { excerpt: string }) {
  const key = ruleKey(rule);
  return (
    <div className="form">
      <RhythmFields
        rhythm={answers.days[key] ?? daysHeard(excerpt)}
        error={undefined}
        onChange={(rhythm) => onAnswer({ days: { ...answers.days, [key]: rhythm } })}
      />
    </div>
  );
}
