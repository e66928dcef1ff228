import { describe, expect, it } from '@jest/globals';
import { type LocalDateTime, toInstant } from '@app/time';
import { type AppointmentState, mayStillChange, refusalToPass, type ToldState } from './appointment-states';

const at = (local: string) => toInstant(local as LocalDateTime, 'Europe/Paris');
const pass = (state: AppointmentState, to: ToldState, now: string) =>
  refusalToPass({ state, start: at('2027-02-03T09:00') }, to, at(now), 'Europe/Paris');

describe('what may be said of an appointment', () => {
  it('a person is not absent before the hour', () => {
    expect(pass('planned', 'noShow', '2027-02-03T08:59')).toBe('too-early');
    expect(pass('planned', 'noShow', '2027-02-03T09:00')).toBeNull();
  });

  it('a person arrives early, but not the day before', () => {
    expect(pass('confirmed', 'arrived', '2027-02-03T08:10')).toBeNull();
    expect(pass('confirmed', 'arrived', '2027-02-02T17:00')).toBe('too-early');
    expect(pass('planned', 'seen', '2027-02-02T17:00')).toBe('too-early');
  });

  it('what was said by mistake is taken back', () => {
    for (const state of ['arrived', 'seen', 'noShow', 'confirmed'] as const) {
      expect(pass(state, 'planned', '2027-02-03T09:10')).toBeNull();
    }
  });

  it('said present by mistake on the list of a group, she is absent', () => {
    expect(pass('seen', 'noShow', '2027-02-03T09:40')).toBeNull();
  });

  it('someone written off who comes late can still be received', () => {
    expect(pass('noShow', 'arrived', '2027-02-03T09:40')).toBeNull();
  });

  it('nobody who arrived is absent', () => {
    expect(pass('arrived', 'noShow', '2027-02-03T09:40')).toBe('cannot-become');
  });

  it('a cancelled appointment does not come back: its slot may be someone else’s', () => {
    for (const to of ['planned', 'confirmed', 'arrived', 'seen', 'noShow'] as const) {
      expect(pass('cancelledByUsager', to, '2027-02-03T09:10')).toBe('cannot-become');
      expect(pass('cancelledByAgent', to, '2027-02-03T09:10')).toBe('cannot-become');
    }
  });

  it('only what has not begun can be moved or cancelled', () => {
    const changeable = (['planned', 'confirmed', 'arrived', 'seen', 'noShow', 'cancelledByAgent'] as const).filter(
      (state) => mayStillChange({ state }),
    );
    expect(changeable).toEqual(['planned', 'confirmed']);
  });
});
