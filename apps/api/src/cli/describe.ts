import { describeRule, parseRule } from '@app/recurrence';
import { readWords, WrongUsage } from './usage';

/** Each rule as a bulletin prints it, one a line; the reason of a refusal goes to the error output. */
export function describe(words: readonly string[]): number {
  const { values, positionals } = readWords(words, { language: { type: 'string' } });
  const language = values.language ?? 'fr';
  if (positionals.length === 0 || (language !== 'fr' && language !== 'en')) throw new WrongUsage('');
  let refused = false;
  for (const text of positionals) {
    const parsed = parseRule(text);
    if (parsed.ok) process.stdout.write(`${describeRule(parsed.rule, language)}\n`);
    else {
      refused = true;
      console.error(`${text}: ${parsed.text} / ${parsed.textEn}`);
    }
  }
  return refused ? 1 : 0;
}
