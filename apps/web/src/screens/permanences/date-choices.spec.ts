import { expect, it } from '@jest/globals';
import { choicesToSend, choose, chosenFor } from './date-choices';

const newYear = { rule: 0, originalStart: '2027-01-01T09:00' };
const said = ['FREQ=MONTHLY;BYDAY=1FR'];

it('the last word on a date is the one that is sent, and it can be taken back', () => {
  const skipped = choose([], newYear, { kind: 'skip' }, said);
  const moved = choose(skipped, newYear, { kind: 'move', date: '2027-01-04' }, said);
  expect(choicesToSend(moved, said)).toEqual([{ ...newYear, choice: { kind: 'move', date: '2027-01-04' } }]);
  expect(chosenFor(moved, newYear)).toEqual({ kind: 'move', date: '2027-01-04' });
  expect(choose(moved, newYear, null, said)).toEqual([]);
});

it('what was decided of a line that says other days now is not sent', () => {
  expect(choicesToSend(choose([], newYear, { kind: 'skip' }, said), ['FREQ=WEEKLY;BYDAY=FR'])).toEqual([]);
});
