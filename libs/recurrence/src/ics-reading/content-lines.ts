/** One content line, RFC 5545 §3.1: what it is, its parameters by name, and its value as it is written. */
export interface ContentLine {
  name: string;
  parameters: Readonly<Record<string, string>>;
  value: string;
}

const NO_PARAMETERS: Readonly<Record<string, string>> = Object.freeze({});
const BREAK = /\r+\n?|\n/;
const FOLD = /(?:\r+\n?|\n)[ \t]/g;
const BEGINS_A_LINE = /^[A-Za-z][A-Za-z0-9-]*[;:]/;

/**
 * Tells each content line whose name is wanted, in order, unfolded; line breaks may be CRLF, LF or CR, and a line that
 * begins like none goes on with the one before (folding that lost its space).
 */
export function eachLine(text: string, wanted: ReadonlySet<string>, tell: (line: ContentLine) => void): void {
  let pending = '';
  for (const piece of text.replace(FOLD, '').split(BREAK)) {
    if (BEGINS_A_LINE.test(piece)) {
      tellLine(pending, wanted, tell);
      pending = piece;
    } else if (piece !== '' && pending.length < LONGEST) pending += piece;
  }
  tellLine(pending, wanted, tell);
}

/** What is longer tells nothing of dates: an attachment, or an attack. */
const LONGEST = 200_000;

function tellLine(line: string, wanted: ReadonlySet<string>, tell: (line: ContentLine) => void): void {
  const end = line.search(/[;:]/);
  if (end < 1 || end > 40) return;
  const name = line.slice(0, end).toUpperCase();
  if (!wanted.has(name)) return;
  const value = valueAt(line, end);
  if (value < 0) return;
  const parameters = value === end + 1 ? NO_PARAMETERS : parametersOf(line.slice(end + 1, value - 1));
  tell({ name, parameters, value: line.slice(value).trim() });
}

/** Where the value begins: behind the first colon that stands outside quotes. */
function valueAt(line: string, from: number): number {
  let isQuoted = false;
  for (let i = from; i < line.length; i += 1) {
    const character = line[i];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === ':' && !isQuoted) return i + 1;
  }
  // A quote that is never closed: the first colon, then.
  return line.indexOf(':', from) + 1 || -1;
}

const PARAMETER = /([A-Za-z][A-Za-z0-9-]*)=("[^"]*"?|[^;]*)/g;

function parametersOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.slice(0, 1_000).matchAll(PARAMETER)) {
    found[name.toUpperCase()] ??= value.replaceAll('"', '').trim();
  }
  return found;
}

/** TEXT of §3.3.11 on one line, as long as a title may be. */
export function plainText(value: string, most: number): string {
  return (
    value
      .slice(0, most * 4)
      .replace(/\\([nN\\;,:"])/g, (_, escaped: string) => (escaped === 'n' || escaped === 'N' ? ' ' : escaped))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
      .replace(/[\u0000-\u001f\u007f\ufeff\ufffd\s]+/g, ' ')
      .trim()
      .slice(0, most)
      .trim()
  );
}
