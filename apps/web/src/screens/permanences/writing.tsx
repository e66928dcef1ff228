import type { ReactNode } from 'react';
import { useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { ProblemNote } from '../../ui/problem';
import { Understood } from './understood';
import type { Writing } from './use-writing';
import { writingWords } from './writing-words';

interface WritingCardsProps {
  writing: Writing;
  /** The lines were changed in the form: the sentence no longer says what will be published. */
  isByHand: boolean;
  onAgain(): void;
  /** What the dates themselves ask. */
  children: ReactNode;
}

/** The permanence in one's own words, and what is understood of it. */
export function WritingCards({ writing, isByHand, onAgain, children }: WritingCardsProps) {
  const said = useWords(writingWords);
  const { reading, error, isCurrent } = writing;
  return (
    <>
      <section className="card form">
        <TextField
          label={said.write}
          hint={said.example}
          value={writing.words}
          onChange={writing.write}
          lines={4}
          maxLength={3000}
          autoFocus
        />
      </section>
      <section className="card form" aria-busy={writing.words !== '' && !isCurrent}>
        <h2>{said.understood}</h2>
        {isByHand ? (
          <div className="note">
            <p>{said.byHand}</p>
            <div className="acts">
              <Button onPress={onAgain}>{said.again}</Button>
            </div>
          </div>
        ) : (
          <>
            {writing.words.trim() === '' && <p className="hint">{said.nothingYet}</p>}
            <ProblemNote error={error} />
            {!reading && !error && writing.words.trim() !== '' && <p role="status">{said.reading}</p>}
            {reading && !error && (
              <Understood
                reading={reading}
                words={writing.wordsRead}
                open={writing.open}
                answers={writing.answers}
                onAnswer={writing.answer}
              />
            )}
            {children}
          </>
        )}
      </section>
    </>
  );
}

/** Why what is written can't be saved yet, in words; null when it can. */
export function useHindrance({ words, reading, error, isCurrent, open }: Writing, inWords: boolean): string | null {
  const said = useWords(writingWords);
  if (words.trim() === '') return inWords ? said.emptyFirst : null;
  if (error) return said.refused;
  if (!isCurrent || !reading) return said.reading;
  if (reading.rules.length === 0) return said.refused;
  const unanswered = open.filter(({ isAnswered }) => !isAnswered).length;
  return unanswered > 0 ? `${said.remaining(unanswered)} ${said.notYet}` : null;
}
