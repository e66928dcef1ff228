import type { BookedSeries, NotOffered, SeriesDate, Slot } from '@app/contract';
import { describe, expect, it } from '@jest/globals';
import { afterTry, chosenOf, lineOf, mayBeFreed, nameOf } from './series-lines';

const slot = (start: string): Slot => ({
  occurrenceId: start.slice(0, 10),
  motifId: 'suivi',
  start,
  end: start,
  siteId: 'bearn',
  roomId: null,
  agentId: 'ana',
  secondAgentId: null,
  placesLeft: 1,
});
const why = (code: NotOffered['why']): NotOffered => ({
  date: '2027-05-10',
  motifId: 'suivi',
  siteId: null,
  why: code,
  text: '',
  owner: '',
  remedy: '',
});
const free: SeriesDate = {
  date: '2027-05-03',
  start: '2027-05-03T14:00',
  verdict: 'free',
  slot: slot('2027-05-03T14:00'),
  alternatives: [],
  why: null,
};
const taken: SeriesDate = {
  date: '2027-05-10',
  start: '2027-05-10T14:00',
  verdict: 'other-hour',
  slot: null,
  alternatives: [slot('2027-05-10T14:30')],
  why: why('taken'),
};

describe('the dates of a series on the screen', () => {
  it('a free date is chosen until it is left out, another hour only when it is asked for', () => {
    expect(chosenOf(lineOf(free), {})).toBe(free.slot);
    expect(chosenOf(lineOf(free), { '2027-05-03': null })).toBeNull();
    expect(chosenOf(lineOf(taken), {})).toBeNull();
    const name = nameOf(slot('2027-05-10T14:30'));
    expect(chosenOf(lineOf(taken), { '2027-05-10': name })?.start).toBe('2027-05-10T14:30');
  });

  it('a choice that is gone meanwhile is no choice any more', () => {
    const name = nameOf(slot('2027-05-10T14:30'));
    expect(chosenOf({ ...lineOf(taken), alternatives: [] }, { '2027-05-10': name })).toBeNull();
  });

  it('after a try, what is booked is done and what is refused can be chosen again', () => {
    const answer: BookedSeries = {
      id: 's',
      dates: [
        {
          start: '2027-05-03T14:00',
          booked: { id: 'a', usagerId: 'u', start: '', end: '', roomId: null, warnings: [] },
          problem: null,
        },
        {
          start: '2027-05-10T14:30',
          booked: null,
          problem: { type: '', title: '', status: 409, alternatives: [slot('2027-05-10T15:00')] },
        },
      ],
    };
    const [done, again] = afterTry([lineOf(free), lineOf(taken)], [free, taken], answer);
    expect(done && chosenOf(done, {})).toBeNull();
    expect(again?.alternatives[0]?.start).toBe('2027-05-10T15:00');
    expect(done?.booked?.id).toBe('a');
  });

  it('one waits for what may be freed, never for a public holiday', () => {
    expect(mayBeFreed(lineOf(taken))).toBe(true);
    expect(mayBeFreed({ ...lineOf(taken), why: why('public-holiday') })).toBe(false);
    expect(mayBeFreed(lineOf(free))).toBe(false);
  });
});
