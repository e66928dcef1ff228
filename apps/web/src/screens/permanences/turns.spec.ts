import { describe, expect, it } from '@jest/globals';
import { isRota, mayBeSwapped } from './turns';

const turn = (start: string, agentIds: string[], state: 'held' | 'cancelled' = 'held') => ({
  ruleId: 'rule',
  originalStart: start,
  start,
  state,
  agentIds,
});
const monday = turn('2027-03-15T09:00', ['alice']);
const tuesday = turn('2027-03-16T09:00', ['bruno']);

describe('a rota', () => {
  it('is dates on which it is not always the same people', () => {
    expect(isRota([monday, tuesday])).toBe(true);
    expect(isRota([monday, turn('2027-03-22T09:00', ['alice'])])).toBe(false);
    expect(isRota([monday, turn('2027-03-16T09:00', [])])).toBe(false);
  });

  it('has turns to swap between different people, on dates that are held and not past', () => {
    expect(mayBeSwapped(monday, tuesday, '2027-03-15T08:59')).toBe(true);
    expect(mayBeSwapped(monday, tuesday, '2027-03-15T09:00')).toBe(false);
    expect(mayBeSwapped(monday, turn('2027-03-22T09:00', ['alice']), '2027-03-01T09:00')).toBe(false);
    expect(mayBeSwapped(monday, turn('2027-03-16T09:00', ['bruno'], 'cancelled'), '2027-03-01T09:00')).toBe(false);
    expect(mayBeSwapped(monday, turn('2027-03-16T09:00', ['bruno', 'chloe']), '2027-03-01T09:00')).toBe(false);
  });
});
