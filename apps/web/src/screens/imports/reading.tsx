import type { Mode } from '@app/contract';
import { useId, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/field';
import { Choices } from '../permanences/choices';
import { onlyMotif } from '../permanences/draft';
import { LineWords } from './line-words';
import { byTitle, keptOf, likely, MOST_LINES, parts, ruleOfLine } from './lines';
import { keepChosen, type Read } from './queries';
import { importWords } from './words';

/** Of dates, one by one: that comes later, in the form. */
const NOTHING_DECIDED = { choices: [] };
const MODES = ['walk-in', 'appointment', 'group', 'internal'] as const;

/** What is understood of a calendar: what makes up the permanence is chosen here, what can't be kept is said. */
export function Reading({ read: { partnerId, subscription, content } }: { read: Read }) {
  const words = useWords(importWords);
  const names = useNames();
  const navigate = useNavigate();
  const heading = useId();
  const titled = useMemo(() => byTitle(content.lines), [content.lines]);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(likely(titled)));
  const [mode, setMode] = useState<Mode | null>(null);
  const taken = titled.filter(({ title }) => ticked.has(title));
  const lines = taken.flatMap((one) => one.lines);
  const drafts = parts(lines);
  const tick = (title: string, isOn: boolean) => {
    const next = new Set(ticked);
    if (isOn) next.add(title);
    else next.delete(title);
    setTicked(next);
  };
  const create = (part: number) => {
    const partner = names.partner(partnerId);
    keepChosen({
      draft: {
        partnerId,
        title: drafts[part]?.[0]?.title || content.name || (partner?.name ?? ''),
        visibility: mode === 'internal' ? 'internal' : 'public',
        confidential: partner?.confidential ?? false,
        onHoliday: 'skip',
        onClosure: 'skip',
        schoolHolidays: 'any',
        publicNote: '',
        motifIds: onlyMotif(names.motifs, partnerId),
        invitedPartnerIds: [],
        ...NOTHING_DECIDED,
        rules: (drafts[part] ?? []).map((line, nth) => ruleOfLine(line, `line-${nth}`, mode ?? 'appointment')),
        choices: [],
      },
      followed:
        subscription && part === 0
          ? { id: subscription.id, titles: taken.map(({ title }) => title), lines: lines.map(keptOf) }
          : null,
    });
    void navigate('/permanences/nouvelle/calendrier');
  };
  return (
    <section className="card form" aria-labelledby={heading}>
      <h2 id={heading}>{content.name || words.understood}</h2>
      {titled.length === 0 ? (
        <p>{words.nothing}</p>
      ) : (
        <>
          <p>{words.which}</p>
          {titled.length > 1 && (
            <div className="acts">
              <Button look="quiet" onPress={() => setTicked(new Set(titled.map(({ title }) => title)))}>
                {words.all}
              </Button>
              <Button look="quiet" onPress={() => setTicked(new Set())}>
                {words.noneTicked}
              </Button>
            </div>
          )}
          <ul className="plain titled">
            {titled.map((one) => (
              <li key={one.title} className="item">
                <Checkbox value={ticked.has(one.title)} onChange={(isOn) => tick(one.title, isOn)}>
                  <b>{one.title || words.untitled}</b> <span className="hint">{words.lines(one.lines.length)}</span>
                </Checkbox>
                <ul className="plain rule-lines">
                  {one.lines.map((line) => (
                    <li key={JSON.stringify(line)}>
                      <LineWords line={line} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
          {content.more > 0 && <p>{words.more(content.more)}</p>}
        </>
      )}
      <Aside content={content} />
      {titled.length > 0 && (
        <>
          <div>
            <p id={`${heading}-mode`}>
              <b>{words.mode}</b>
            </p>
            <Choices
              label={words.mode}
              value={mode}
              onChange={(chosen) => setMode(chosen as Mode)}
              options={MODES.map((id) => ({ id, label: words.modes[id] }))}
            />
          </div>
          {drafts.length > 1 && <p className="note">{words.several(lines.length)}</p>}
          {(lines.length === 0 || mode === null) && (
            <p className="hint" role="status">
              {lines.length === 0 ? words.tickFirst : words.modeFirst}
            </p>
          )}
          <div className="acts">
            {drafts.length <= 1 ? (
              <Button look="primary" isDisabled={lines.length === 0 || mode === null} onPress={() => create(0)}>
                {words.create}
              </Button>
            ) : (
              drafts.map((part, nth) => (
                <Button
                  key={JSON.stringify(part[0])}
                  look={nth === 0 ? 'primary' : 'plain'}
                  isDisabled={mode === null}
                  onPress={() => create(nth)}
                >
                  {words.createPart(nth + 1, nth * MOST_LINES + 1, nth * MOST_LINES + part.length)}
                </Button>
              ))
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** What is left out of itself, and what could not be kept. */
function Aside({ content: { notKept, past, cancelled } }: Pick<Read, 'content'>) {
  const words = useWords(importWords);
  return (
    <>
      {notKept.length > 0 && (
        <div className="note">
          <b>{words.notKept(notKept.length)}</b>
          <ul>
            {notKept.map(({ title, when, why }) => (
              <li
                key={`${title} ${when} ${why}`}
              >{`${[title || words.untitled, when].filter(Boolean).join(', ')} : ${why}.`}</li>
            ))}
          </ul>
        </div>
      )}
      {past > 0 && <p className="hint">{words.past(past)}</p>}
      {cancelled > 0 && <p className="hint">{words.cancelled(cancelled)}</p>}
    </>
  );
}
