import { isHourWord } from './lexicon';

/** The smallest unit that is read: folded (no accent, no capital), with its place in the phrase as given. */
export interface Token {
  kind: 'word' | 'number' | 'ordinal' | 'phone' | 'mark';
  /** Words without accents or capitals; digits as written; an ordinal's number; for marks one of , ; . : / ( ) - & + > */
  text: string;
  /** As written, in lower case, with its accents: "dès" is not "des", "fermé" is not "ferme". */
  raw: string;
  from: number;
  to: number;
  /** Nothing stands between it and the token before. */
  glued: boolean;
  /** Written with a capital first: "Fr" is a day in opening hours, "fr" is the end of an address. */
  capital: boolean;
  /** For a mark: blanks on both sides. */
  spaced: boolean;
}

const DASHES = new Set([...'-‐‑‒–—―−~']);
const MARKS = new Set([...',;.:/()&+>|']);
const SAME_MARK: Record<string, string> = {
  '|': ';',
  '•': ';',
  '·': ';',
  '*': ';',
  '→': '-',
  '➔': '-',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '\n': '\n',
  '«': '«',
  '»': '»',
};

type CharacterKind = 'letter' | 'digit' | 'mark' | 'blank' | 'apostrophe';

/** Cuts a phrase into folded tokens; what is no letter, digit or known mark counts as a blank. Linear in its length. */
export function tokensOf(phrase: string): Token[] {
  return joined(cut(phrase));
}

function cut(phrase: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let last: Token | undefined;
  let blankBefore = true;
  for (const character of phrase) {
    const from = at;
    at += character.length;
    const [kind, folded] = fold(character);
    if (kind === 'blank' || kind === 'apostrophe') {
      if (last?.kind === 'mark' && kind === 'blank') last.spaced = blankBefore;
      // An accent typed apart belongs to its letter.
      if (/\p{M}/u.test(character) && last?.to === from) {
        last.to = at;
        continue;
      }
      blankBefore = kind === 'blank' || blankBefore;
      last = undefined;
      continue;
    }
    const glued = from > 0 && tokens.at(-1)?.to === from;
    if (last && kind !== 'mark' && last.kind === (kind === 'digit' ? 'number' : 'word')) {
      last.text += folded;
      last.raw += character.toLowerCase();
      last.to = at;
    } else {
      last = {
        kind: kind === 'mark' ? 'mark' : kind === 'digit' ? 'number' : 'word',
        text: folded,
        raw: character.toLowerCase(),
        from,
        to: at,
        glued,
        capital: /^\p{Lu}/u.test(character),
        spaced: false,
      };
      tokens.push(last);
    }
    if (kind !== 'mark') blankBefore = false;
    else blankBefore = !glued;
  }
  return tokens;
}

function fold(character: string): [CharacterKind, string] {
  if (character === '\n' || character === '\r' || character === '\u2028') return ['mark', '\n'];
  if (DASHES.has(character)) return ['mark', '-'];
  const same = SAME_MARK[character];
  if (same) return ['mark', same];
  if ("'’ʼ`´‘".includes(character)) return ['apostrophe', ''];
  const plain = character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace('œ', 'oe').replace('æ', 'ae');
  if (/^[a-z]+$/.test(plain)) return ['letter', plain];
  if (/^[0-9]+$/.test(plain)) return ['digit', plain];
  const first = plain[0] ?? '';
  return MARKS.has(first) ? ['mark', SAME_MARK[first] ?? first] : ['blank', ''];
}

const ORDINAL_ENDINGS = new Set([
  'er',
  'ers',
  'ere',
  're',
  'res',
  'eres',
  'e',
  'es',
  'eme',
  'emes',
  'ieme',
  'iemes',
  'nd',
  'nde',
  'nds',
  'ndes',
  'me',
  'mes',
]);

/** Words that are one: "rendez-vous", "après midi", "avant-dernier", "jusqu'à", "1 er". */
const COMPOUNDS: readonly [words: readonly string[], one: string][] = [
  [['apres', 'midi'], 'apresmidi'],
  [['apres', 'midis'], 'apresmidi'],
  [['rendez', 'vous'], 'rdv'],
  [['r', 'd', 'v'], 'rdv'],
  [['r', 'v'], 'rdv'],
  [['week', 'end'], 'weekend'],
  [['week', 'ends'], 'weekend'],
  [['avant', 'dernier'], 'avantdernier'],
  [['avant', 'derniers'], 'avantdernier'],
  [['avant', 'derniere'], 'avantdernier'],
  [['jusqu', 'au'], 'jusquau'],
  [['jusqu', 'a'], 'jusqua'],
  [['jusqu', 'en'], 'jusqua'],
  [['a', 'partir', 'de'], 'apartirde'],
  [['a', 'partir', 'd'], 'apartirde'],
  [['a', 'partir', 'du'], 'apartirde'],
  [['a', 'partir', 'des'], 'apartirde'],
  [['a', 'compter', 'de'], 'apartirde'],
  [['a', 'compter', 'du'], 'apartirde'],
  [['y', 'compris'], 'ycompris'],
  [['a', 'l', 'exception', 'de'], 'sauf'],
  [['a', 'l', 'exception', 'du'], 'sauf'],
  [['a', 'l', 'exception', 'des'], 'sauf'],
  [['en', 'dehors', 'de'], 'hors'],
  [['en', 'dehors', 'du'], 'hors'],
  [['en', 'dehors', 'des'], 'hors'],
  [['ainsi', 'que'], 'et'],
  [['i', 'er'], 'premier'],
  [['ier'], 'premier'],
];

function joined(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i] as Token;
    const phone = phoneAt(tokens, i);
    const compound = phone ? null : compoundAt(tokens, i);
    const next = tokens[i + 1];
    if (phone) {
      out.push({ ...token, kind: 'phone', to: (tokens[phone - 1] as Token).to });
      i = phone;
    } else if (compound) {
      out.push({ ...token, text: compound.text, raw: compound.text, to: (tokens[compound.next - 1] as Token).to });
      i = compound.next;
    } else if (token.kind === 'number' && next && isOrdinalEnding(token, next)) {
      out.push({ ...token, kind: 'ordinal', text: String(Number(token.text)), to: next.to });
      i += 2;
    } else if (token.kind === 'mark' && next?.text === token.text && (token.text === '-' || token.text === '/')) {
      out.push({ ...token, text: ';', to: next.to });
      i += 2;
    } else if (token.kind === 'word' && token.glued && out.at(-1)?.kind === 'number' && isGluedToHour(token)) {
      // "14hà 17h30": the unit, then the word.
      out.push(part(token, 0, 1), part(token, 1, token.text.length));
      i += 1;
    } else if (isAbbreviationDot(token, tokens[i - 1], next)) {
      i += 1;
    } else {
      out.push(token);
      i += 1;
    }
  }
  return out;
}

function isOrdinalEnding(number: Token, next: Token): boolean {
  if (next.kind !== 'word' || !ORDINAL_ENDINGS.has(next.text) || number.text.length > 2) return false;
  return next.glued || next.text.length > 1;
}

function isGluedToHour(token: Token): boolean {
  return token.text.length > 1 && token.text.startsWith('h') && !isHourWord(token.text);
}

function part(token: Token, from: number, to: number): Token {
  const text = token.text.slice(from, to);
  return { ...token, text, raw: text, from: token.from + from, to: token.from + to, glued: true };
}

const ABBREVIATIONS = new Set([
  'lun',
  'mar',
  'mer',
  'jeu',
  'ven',
  'sam',
  'dim',
  'merc',
  'vend',
  'lu',
  'ma',
  'me',
  'je',
  've',
  'sa',
  'di',
  'tel',
  'av',
  'bd',
  'janv',
  'fev',
  'fevr',
  'avr',
  'juil',
  'sept',
  'oct',
  'nov',
  'dec',
  'sem',
  'ste',
  'no',
]);

/** "lun.", "M. Durand": a full stop that ends no sentence. */
function isAbbreviationDot(token: Token, before: Token | undefined, next: Token | undefined): boolean {
  if (token.text !== '.' || before?.kind !== 'word' || !token.glued || !next) return false;
  return ABBREVIATIONS.has(before.text) || (before.text.length === 1 && before.text !== 'h');
}

function compoundAt(tokens: readonly Token[], i: number): { text: string; next: number } | null {
  for (const [words, text] of COMPOUNDS) {
    if (tokens[i]?.text !== words[0]) continue;
    let at = i;
    const all = words.every((word, rank) => {
      if (rank > 0 && tokens[at]?.kind === 'mark' && '-.'.includes(tokens[at]?.text ?? ' ')) at += 1;
      const found = tokens[at]?.kind === 'word' && tokens[at]?.text === word;
      at += 1;
      return found;
    });
    if (all) return { text, next: at };
  }
  return null;
}

/** A telephone number: five pairs beginning with 0, or ten digits; answers where it ends. */
function phoneAt(tokens: readonly Token[], i: number): number | null {
  const first = tokens[i];
  if (first?.kind !== 'number' || !first.text.startsWith('0')) return null;
  if (first.text.length === 10) return i + 1;
  let digits = '';
  for (let at = i; at < Math.min(tokens.length, i + 9); at += 1) {
    const token = tokens[at] as Token;
    if (token.kind === 'mark' && '.-/'.includes(token.text)) continue;
    if (token.kind !== 'number' || token.text.length !== 2) return null;
    digits += token.text;
    if (digits.length === 10) return at + 1;
  }
  return null;
}
