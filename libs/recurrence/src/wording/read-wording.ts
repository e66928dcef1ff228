import type { PlainDate } from '@app/time';
import { assemble } from './assemble';
import { overlapsAsked, withContrast } from './doubts';
import type { Piece } from './pieces';
import { ask, warn } from './questions';
import type { At, Question, Reading, Warning } from './reading';
import { recognise } from './recognise';
import { rulesOf } from './rules-of-groups';

/** A bulletin's paragraph, and no more: whatever is pasted is answered at once. */
const LONGEST_PHRASE = 1500;
const MOST_RULES = 60;

/**
 * Reads a schedule as a French bulletin prints it. What is not said, or may be read in two ways, is a question; a phrase
 * without any day or hour is refused. Never throws; linear but for a few words looked at twice.
 * @param today dates without a year are the next ones from this date
 */
export function readWording(phrase: string, today: PlainDate): Reading {
  if (phrase.length > LONGEST_PHRASE) return refused(phrase, [ask.tooLong([LONGEST_PHRASE, phrase.length])]);
  const { pieces, questions: asked, warnings: warned } = recognise(phrase, today);
  // "Une fois par mois" says when, though not which day.
  const vaguely = asked.some(({ about }) => about === 'days');
  if (!vaguely && !pieces.some(saysWhen)) return refused(phrase, [...asked, ask.nothing([0, phrase.length])]);
  const assembled = assemble(pieces, phrase);
  const made = rulesOf(assembled);
  if (made.rules.length > MOST_RULES) return refused(phrase, [ask.tooLong([0, phrase.length])]);
  const { rules, warnings: contrasts } = withContrast(made.rules);
  const questions = once([...asked, ...assembled.questions, ...made.questions, ...overlapsAsked(rules)]).filter(
    (question) =>
      !isAnswered(
        question,
        assembled.groups.flatMap(({ ranges }) => ranges),
      ),
  );
  const nothingLeft = rules.length === 0 && questions.length === 0;
  if (nothingLeft) questions.push(ask.days([0, phrase.length]));
  return {
    phrase,
    verdict: questions.length > 0 ? 'question' : 'exact',
    questions,
    warnings: once([...warned, ...assembled.warnings, ...contrasts, ...notes(pieces)]),
    rules: rules.map(({ rule }) => rule),
    zone: assembled.zone,
  };
}

function saysWhen(piece: Piece): boolean {
  return ['days', 'range', 'interval', 'half', 'months', 'period', 'parity', 'ranks'].includes(piece.is);
}

/** An hour alone whose meaning came after it: "(17h00 pendant les vacances)" is no range without an end. */
function isAnswered({ about, at }: Question, ranges: readonly { at: At; schoolEnd: number | null }[]): boolean {
  return (
    about === 'times' &&
    ranges.some(({ schoolEnd, at: range }) => schoolEnd !== null && at[0] > range[1] && at[1] - at[0] < 8)
  );
}

function refused(phrase: string, questions: Question[]): Reading {
  return { phrase, verdict: 'refused', questions, warnings: [], rules: [], zone: null };
}

/** Stretches of words that change nothing, told once each. */
function notes(pieces: readonly Piece[]): Warning[] {
  const stretches: [from: number, to: number][] = [];
  let running = false;
  for (const { is, at, ...piece } of pieces) {
    const unread = is === 'text' && 'known' in piece && !piece.known;
    const last = stretches.at(-1);
    if (unread && running && last) last[1] = at[1];
    else if (unread) stretches.push([at[0], at[1]]);
    running = unread || (running && is === 'text');
  }
  return stretches.map((at) => warn.note(at));
}

function once<T extends { text: string; at: At }>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return [...items]
    .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1])
    .filter(({ text, at }) => {
      const key = `${text}/${at[0]}/${at[1]}`;
      return !seen.has(key) && seen.add(key);
    });
}
