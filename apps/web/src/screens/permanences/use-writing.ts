import { useMemo, useState } from 'react';
import { useMe } from '../../api/session';
import { useSettled } from '../../ui/settled';
import { type Answers, NO_ANSWERS, openOf } from './answers';
import { useReading } from './queries';

/**
 * The permanence as it is being written in words: read as it goes, with the answers to what the words leave open. What is
 * typed is kept for this person until it is stored as a permanence: leaving the screen loses nothing.
 */
export function useWriting(isOn: boolean, partnerId: string | null) {
  const { account } = useMe();
  const kept = `palier.permanence-words.${account.id}`;
  const [words, setWords] = useState(() => (isOn ? (sessionStorage.getItem(kept) ?? '') : ''));
  const [answers, setAnswers] = useState(NO_ANSWERS);
  const settled = useSettled(words);
  const query = useReading(isOn && settled.trim() !== '' ? { words: settled, partnerId, sites: answers.sites } : null);
  const isEmpty = words.trim() === '';
  const data = isEmpty ? undefined : query.data;
  const open = useMemo(() => (data ? openOf(data.reading, data.words, answers) : []), [data, answers]);
  return {
    words,
    write: (text: string) => {
      setWords(text);
      sessionStorage.setItem(kept, text);
    },
    answers,
    answer: (part: Partial<Answers>) => setAnswers((before) => ({ ...before, ...part })),
    reading: data?.reading ?? null,
    /** The words that the reading is of. */
    wordsRead: data?.words ?? '',
    open,
    error: isEmpty ? null : query.error,
    /** What is understood is of the words as they are now. */
    isCurrent: data?.words === words && !query.isPlaceholderData,
    /** It is stored as a permanence: the words are no longer needed. */
    forget: () => sessionStorage.removeItem(kept),
  };
}

export type Writing = ReturnType<typeof useWriting>;
