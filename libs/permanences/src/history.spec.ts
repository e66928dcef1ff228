import { describe, expect, it } from '@jest/globals';
import type { LocalDateTime, PlainDate } from '@app/time';
import { type Kept, saidOf, tell } from './history';

const names = {
  agents: new Map([
    ['a', 'Alice Renard'],
    ['b', 'Bruno Castel'],
  ]),
  motifs: new Map([['m', 'Plainte']]),
  partners: new Map<string, string>(),
  places: new Map<string, string>(),
};
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
function told(kind: string, detail: Kept['detail'], language: 'fr' | 'en' = 'fr', day: string | null = null) {
  const { words, details } = tell({ kind, day: day as PlainDate | null, detail }, names, language);
  return [words, ...details].map(plain);
}
const turn = (originalStart: string, agent: string) => ({
  originalStart: originalStart as LocalDateTime,
  agentIds: [agent],
});
const base = saidOf(
  {
    title: 'Parquet',
    visibility: 'public',
    onHoliday: 'skip',
    onClosure: 'skip',
    schoolHolidays: 'any',
    publicNote: '',
    motifIds: [],
  },
  [],
);

describe('the history of a permanence', () => {
  it('says what was done to one date', () => {
    const at = '2027-01-11T09:00' as LocalDateTime;
    expect(told('permanence.date-changed', { originalStart: at, change: 'cancelled' })).toEqual([
      'Date du lundi 11 janvier 2027, 9 h annulée',
    ]);
    expect(
      told('permanence.date-changed', {
        originalStart: at,
        change: 'changed',
        to: '2027-01-12T14:00' as LocalDateTime,
      }),
    ).toEqual(['Date du lundi 11 janvier 2027, 9 h changée', 'désormais le mardi 12 janvier 2027, 14 h']);
  });

  it('says whose turns were swapped', () => {
    const detail = { one: turn('2027-03-15T09:00', 'a'), other: turn('2027-03-16T09:00', 'b') };
    expect(told('permanence.turns-swapped', detail, 'en')).toEqual([
      'Turns swapped',
      'Monday 15 March 2027, 09:00: Alice Renard gives up the turn',
      'Tuesday 16 March 2027, 09:00: Bruno Castel gives up the turn',
    ]);
  });

  it('says what of it was changed, and nothing of what was not', () => {
    const after = {
      ...base,
      title: 'Correspondant',
      onHoliday: 'move' as const,
      schoolHolidays: 'outside' as const,
      motifIds: ['m'],
    };
    expect(told('permanence.changed', { before: base, after })).toEqual([
      'Modifiée',
      'Nom : Parquet → Correspondant',
      'Jours fériés : pas de permanence → reportée',
      'Vacances scolaires : sans effet → pas de permanence',
      'Motifs : aucun → Plainte',
    ]);
    expect(told('permanence.changed', { before: base, after: base })).toEqual(['Modifiée']);
  });

  it('says when it was stopped, published, and given a room', () => {
    expect(told('permanence.stopped', { stopsOn: '2027-02-01' as PlainDate })).toEqual(
      ['Arrêtée à partir du lundi 1 février 2027'].map((text) => text.replace('1 février', '1er février')),
    );
    expect(told('permanence.published', { inserted: 78 })).toEqual(['Publiée : 78 dates']);
    expect(told('conflict.settled', {}, 'fr', '2027-01-06')).toEqual([
      'Salle donnée à la date du mercredi 6 janvier 2027',
    ]);
  });
});
