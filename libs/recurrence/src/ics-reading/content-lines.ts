/** One content line, RFC 5545 §3.1: what it is, its parameters by name, and its value as it is written. */
export interface ContentLine {
  name: string;
  parameters: Readonly<Record<string, string>>;
  value: string;
}

/** Answers whether the next ones are wanted too. */
type Tell = (line: ContentLine) => boolean;

const NO_PARAMETERS: Readonly<Record<string, string>> = Object.freeze({});
const LONE_RETURN = /\r(?!\n)/;
const RETURNS = /\r+\n?/g;
const HAS_FOLD = /\n[ \t]/;
const FOLD = /\r?\n[ \t]/g;
/** What is longer tells nothing of dates: an attachment, or an attack. */
const LONGEST = 200_000;
const LONGEST_NAME = 40;

/**
 * Tells each content line whose name is wanted, in order, unfolded; line breaks may be CRLF, LF or CR, and a line that
 * begins like none goes on with the one before (folding that lost its space).
 */
export function eachLine(text: string, wanted: ReadonlySet<string>, tell: Tell): void {
  const broken = LONE_RETURN.test(text) ? text.replace(RETURNS, '\n') : text;
  const unfolded = HAS_FOLD.test(broken) ? broken.replace(FOLD, '') : broken;
  let pending = '';
  let pendingName = 0;
  for (const piece of unfolded.split('\n')) {
    const name = endOfName(piece);
    if (name > 0) {
      if (!tellLine(pending, pendingName, wanted, tell)) return;
      pending = piece;
      pendingName = name;
    } else if (piece.length > 0 && pending.length < LONGEST) pending = `${pending.trimEnd()}${piece}`;
  }
  tellLine(pending, pendingName, wanted, tell);
}

/** Where the name of a content line ends; 0 for what begins like none. Looked at letter by letter: most lines are not wanted. */
function endOfName(line: string): number {
  for (let i = 0; i < line.length && i <= LONGEST_NAME; i += 1) {
    const code = line.charCodeAt(i);
    const letter = code | 0x20;
    const isOfName = (letter >= 0x61 && letter <= 0x7a) || code === 0x2d || (code >= 0x30 && code <= 0x39);
    if (!isOfName) return code === 0x3a || code === 0x3b ? i : 0;
  }
  return 0;
}

function tellLine(line: string, end: number, wanted: ReadonlySet<string>, tell: Tell): boolean {
  if (end === 0) return true;
  const name = line.slice(0, end).toUpperCase();
  if (!wanted.has(name)) return true;
  const value = line[end] === ':' ? end + 1 : valueAt(line, end);
  if (value < 0) return true;
  const parameters = value === end + 1 ? NO_PARAMETERS : parametersOf(line.slice(end + 1, value - 1));
  return tell({ name, parameters, value: line.slice(value).trim() });
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
