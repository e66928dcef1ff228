import { DESK_HOURS, type Reachable } from '@app/reminders';
import { expect, it } from '@jest/globals';
import { mayBeOffered, reachOf } from './reach';

const someone: Reachable = { toldBy: 'sms', phoneKind: 'mobile' };

it('who reads SMS is sent one, whoever does not is called', () => {
  expect(reachOf(someone)).toBe('sms');
  expect(reachOf({ ...someone, phoneKind: 'landline' })).toBe('call');
  expect(reachOf({ ...someone, toldBy: 'call' })).toBe('call');
});

it('who is told by letter is called when she has a phone: a letter comes too late', () => {
  expect(reachOf({ ...someone, toldBy: 'letter' })).toBe('call');
  expect(reachOf({ ...someone, phoneKind: null })).toBeNull();
});

it('of a safe contact only her référent is asked', () => {
  expect(reachOf({ ...someone, toldBy: 'nobody', safe: DESK_HOURS })).toBe('task');
});

it('nobody who asked not to be contacted is', () => {
  expect(reachOf({ ...someone, toldBy: 'nobody' })).toBeNull();
});

it('a safe contact without a référent is kept no slot: nobody could tell her', () => {
  expect(mayBeOffered({ reach: 'task', hasReferent: false })).toBe(false);
  expect(mayBeOffered({ reach: 'task', hasReferent: true })).toBe(true);
  expect(mayBeOffered({ reach: 'call', hasReferent: false })).toBe(true);
  expect(mayBeOffered({ reach: null, hasReferent: true })).toBe(false);
});
