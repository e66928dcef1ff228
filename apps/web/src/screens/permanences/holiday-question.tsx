import type { Preview } from '@app/contract';
import { dateOf, type LocalDateTime } from '@app/time';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Choices } from './choices';
import type { Draft } from './draft';
import { permanenceWords } from './words';
import { writingWords } from './writing-words';

interface HolidayQuestionProps {
  dates: Preview['dates'];
  value: Draft['onHoliday'];
  onChange(value: Draft['onHoliday']): void;
}

/** Asked only when one of the next dates falls on a public holiday; until then it is left out. */
export function HolidayQuestion({ dates, value, onChange }: HolidayQuestionProps) {
  const words = useWords(permanenceWords);
  const said = useWords(writingWords);
  const say = useSay();
  const met = dates.flatMap(({ originalStart, obstacles }) => {
    const holiday = obstacles.find(({ kind }) => kind === 'public-holiday');
    return holiday ? [{ date: dateOf(originalStart as LocalDateTime), cause: holiday.text }] : [];
  })[0];
  if (!met) return null;
  return (
    <div className="note">
      <b>{said.holidays}</b>
      <p>{said.holidayOn(say.date(met.date), met.cause)}</p>
      <Choices
        label={said.holidays}
        value={value}
        onChange={(chosen) => onChange(chosen as Draft['onHoliday'])}
        options={(['skip', 'move', 'keep'] as const).map((id) => ({ id, label: words.holidayOptions[id] }))}
      />
    </div>
  );
}
