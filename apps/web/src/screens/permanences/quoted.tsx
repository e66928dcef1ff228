import { useWords } from '../../i18n/language';
import { writingWords } from './writing-words';

const AROUND = 28;

/** The place in the words that something is about, marked among a few words around it. */
export function Quoted({ words, at: [from = 0, to = 0] }: { words: string; at: readonly number[] }) {
  const said = useWords(writingWords);
  const before = words.slice(Math.max(0, from - AROUND), from);
  const after = words.slice(to, to + AROUND);
  return (
    <p className="quoted">
      <span className="visually-hidden">{said.inText(words.slice(from, to))}</span>
      <span aria-hidden="true">
        « {from > AROUND && '…'}
        {before}
        <mark>{words.slice(from, to)}</mark>
        {after}
        {to + AROUND < words.length && '…'} »
      </span>
    </p>
  );
}
