import type { PermanenceDate } from '@app/contract';
import type { Choice } from './date-choices';
import { Obstacles } from './obstacles';
import type { usePreview } from './queries';
import { useWords } from '../../i18n/language';
import { ProblemNote } from '../../ui/problem';
import { Unbroken } from '../../ui/unbroken';
import { DatesTable } from './dates-table';
import { permanenceWords } from './words';

interface PreviewCardProps {
  query: ReturnType<typeof usePreview>;
  /** Enough is written for dates to be asked. */
  isAsked: boolean;
  /** What is shown is not yet of what is written. */
  isOld: boolean;
  chosen(date: PermanenceDate): Choice | null;
  onChoose(date: PermanenceDate, choice: Choice | null): void;
}

/** What is written, in a bulletin's words, and its next eight dates with what stands in their way. */
export function PreviewCard({ query, isAsked, isOld, chosen, onChoose }: PreviewCardProps) {
  const words = useWords(permanenceWords);
  const { data, error } = query;
  return (
    <section className="card stays" aria-busy={isAsked && isOld}>
      <h2>{words.dates}</h2>
      {!isAsked && <p className="hint">{words.wait}</p>}
      {isAsked && error && <ProblemNote error={error} />}
      {isAsked && !error && !data && <p role="status">{words.calculating}</p>}
      {isAsked && !error && data && (
        <div className={isOld ? 'preview-is-old' : undefined}>
          <ul className="plain rule-lines">
            {[...new Set(data.words)].map((rule) => (
              <li key={rule}>
                <Unbroken>{rule}</Unbroken>
              </li>
            ))}
          </ul>
          {data.dates.length > 0 ? <DatesTable label={words.dates} dates={data.dates} /> : <p>{words.noDates}</p>}
          <Obstacles dates={data.dates} chosen={chosen} onChoose={onChoose} isPending={isOld} />
        </div>
      )}
    </section>
  );
}
