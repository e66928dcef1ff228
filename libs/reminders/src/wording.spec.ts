import { readFileSync } from 'node:fs';
import { fromEpochDay, parseLocalDateTime, plainDate, toEpochDay } from '@app/time';
import { describe, expect, it } from '@jest/globals';
import { inGsmAlphabet, isInGsmAlphabet } from './gsm';
import type { Kind } from './planning';
import { mayNameService, sayPhone, type Told, wordsOf } from './wording';

const KINDS: Kind[] = ['confirmation', 'before', 'moved', 'cancelled'];
const bearn = { name: '3 rue du Béarn', address: '3 rue du Béarn, Chevilly-Larue', phone: '+33145601800' };
const start = parseLocalDateTime('2027-03-30T09:00');

function told(more: Partial<Told>): Told {
  if (!start) throw new Error('not a date');
  return { kind: 'before', language: 'fr', start, today: plainDate('2027-03-01'), site: bearn, service: null, ...more };
}

/** Every text a person may receive, as it reads. A change here is a change of what people read: look at it. */
function everyText(): string {
  const cases: [string, Partial<Told>][] = [
    ['discret', {}],
    ['le service peut être nommé', { service: 'Nouvelles Voies' }],
    ['un autre lieu, sans numéro', { site: { name: 'Maison pour tous', address: '23 rue du Béarn', phone: null } }],
    ['à un contact, qui n’est pas la personne', { whose: 'Aïcha' }],
    ['par téléphone', { mode: 'phone' }],
    ['à domicile', { mode: 'home' }],
    ['in English', { language: 'en' }],
    ['in English, to a contact', { language: 'en', whose: 'Lina' }],
    ['in English, the service may be named', { language: 'en', service: 'Nouvelles Voies' }],
  ];
  return `${cases
    .map(([title, more]) => [`# ${title}`, ...KINDS.map((kind) => wordsOf(told({ ...more, kind })))].join('\n'))
    .join('\n\n')}\n`;
}

describe('what people read', () => {
  it('is what the golden file says, word for word', () => {
    expect(everyText()).toBe(readFileSync(new URL('../golden/sms.txt', import.meta.url), 'utf8'));
  });

  it('of a series is one message, word for word, and never more than two SMS long', () => {
    const days = (...starts: string[]) => starts.flatMap((start) => parseLocalDateTime(start) ?? []);
    const tuesdays = days('2027-03-30T09:00', '2027-04-13T09:00', '2027-04-27T09:00', '2027-05-11T09:00');
    const mixed = days('2027-03-30T09:00', '2027-04-14T10:30', '2027-04-27T09:00');
    const many = days(
      ...Array.from({ length: 24 }, (_, n) => `${fromEpochDay(toEpochDay(plainDate('2027-03-30')) + n * 7)}T09:00`),
    );
    const uneven = many.map((start, n) => (n === 20 ? (start.replace('09:00', '09:30') as typeof start) : start));
    const cases: [string, Partial<Told>][] = [
      ['le même jour à la même heure', { together: tuesdays }],
      ['des heures différentes', { together: mixed }],
      ['le service peut être nommé', { together: tuesdays, service: 'Nouvelles Voies' }],
      ['à un contact, qui n’est pas la personne', { together: mixed, whose: 'Aïcha' }],
      ['par téléphone', { together: tuesdays, mode: 'phone' }],
      ['vingt-quatre fois', { together: many }],
      ['vingt-quatre fois, à des heures différentes', { together: uneven }],
      ['in English', { language: 'en', together: tuesdays }],
      ['in English, at different hours, to a contact', { language: 'en', together: mixed, whose: 'Lina' }],
    ];
    const kinds: Kind[] = ['confirmation', 'cancelled'];
    const text = cases
      .map(([title, more]) => [`# ${title}`, ...kinds.map((kind) => wordsOf(told({ ...more, kind })))].join('\n'))
      .join('\n\n');
    expect(`${text}\n`).toBe(readFileSync(new URL('../golden/sms-series.txt', import.meta.url), 'utf8'));
    for (const line of text.split('\n').filter((one) => one && !one.startsWith('#'))) {
      expect(isInGsmAlphabet(line)).toBe(true);
      expect(line.length).toBeLessThanOrEqual(306);
    }
    // Its reminders and its moves are said as any other’s.
    expect(wordsOf(told({ together: tuesdays, kind: 'before' }))).toBe(wordsOf(told({ kind: 'before' })));
  });

  it('fits one SMS of 160 characters of the SMS alphabet', () => {
    for (const text of everyText()
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))) {
      expect(isInGsmAlphabet(text)).toBe(true);
      expect(text.length).toBeLessThanOrEqual(160);
    }
  });

  it('an appointment moved to Tuesday 30 March 2027, after the clocks changed, is at 9 h', () => {
    expect(wordsOf(told({ kind: 'moved' }))).toContain('mardi 30 mars à 9 h');
  });

  it('names the year when it is another one', () => {
    expect(wordsOf(told({ today: plainDate('2026-12-15') }))).toContain('mardi 30 mars 2027');
  });
});

describe('discretion', () => {
  it('a shared phone, a confidential service or a motif that was not asked never names the service', () => {
    expect(mayNameService({ namesService: true, confidential: false }, false)).toBe(true);
    expect(mayNameService({ namesService: true, confidential: false }, true)).toBe(false);
    expect(mayNameService({ namesService: true, confidential: true }, false)).toBe(false);
    expect(mayNameService({ namesService: false, confidential: false }, false)).toBe(false);
  });
});

describe('the SMS alphabet', () => {
  it('loses the accents it lacks and keeps those it has', () => {
    expect(inGsmAlphabet('1er août à la fenêtre, façade – « là »')).toBe('1er aout à la fenetre, facade - " là "');
  });
  it('leaves other scripts readable', () => {
    expect(inGsmAlphabet('الإثنين')).not.toBe('');
    expect(isInGsmAlphabet('ê')).toBe(false);
  });
  it('writes a French number as it is dialled', () => {
    expect(sayPhone('+33145601800')).toBe('01 45 60 18 00');
    expect(sayPhone('+4930123456')).toBe('+4930123456');
  });
});
