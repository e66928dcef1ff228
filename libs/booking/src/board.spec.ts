import { describe, expect, it } from '@jest/globals';
import { type LocalDateTime, toInstant } from '@app/time';
import { isAfterHours, type RoomHeld, unexplained } from './board';
import { initials } from './people';

const at = (time: string) => toInstant(`2027-01-19T${time}` as LocalDateTime, 'Europe/Paris');
const held = (roomId: string, workstationId: string | null, from: string, until: string): RoomHeld => ({
  roomId,
  workstationId,
  during: { start: at(from), end: at(until) },
});

describe('rooms that are taken by what is not shown', () => {
  it('what is shown explains its own room and desks', () => {
    const taken = [
      held('r', null, '09:00', '12:00'),
      held('r', 'a', '09:00', '12:00'),
      held('r', 'b', '09:00', '12:00'),
    ];
    expect(unexplained(taken, [held('r', null, '09:00', '12:00')])).toEqual([]);
  });

  it('a room taken whole is said once, not desk by desk', () => {
    const taken = [held('r', null, '09:00', '12:00'), held('r', 'a', '09:00', '12:00')];
    expect(unexplained(taken, [])).toEqual([held('r', null, '09:00', '12:00')]);
  });

  it('another desk of a shared room is "occupé" beside the one that is shown', () => {
    const taken = [held('r', 'a', '09:00', '12:00'), held('r', 'b', '10:00', '11:00')];
    expect(unexplained(taken, [held('r', 'a', '09:00', '12:00')])).toEqual([held('r', 'b', '10:00', '11:00')]);
  });

  it('the same room later in the day is another matter', () => {
    const taken = [held('r', null, '09:00', '12:00'), held('r', null, '14:00', '15:00')];
    expect(unexplained(taken, [held('r', null, '09:00', '12:00')])).toEqual([held('r', null, '14:00', '15:00')]);
  });
});

describe('a day’s hours', () => {
  const hours = { opens: at('08:30'), closes: at('17:30') };
  it('a meeting that ends after closing is named, one that ends with it is not', () => {
    expect(isAfterHours({ start: at('17:00'), end: at('18:30') }, hours)).toBe(true);
    expect(isAfterHours({ start: at('16:00'), end: at('17:30') }, hours)).toBe(false);
    expect(isAfterHours({ start: at('09:00'), end: at('10:00') }, null)).toBe(true);
  });
});

describe('names on a screen anyone can read', () => {
  it('are initials, accents kept', () => {
    expect(initials({ first_name: 'Élodie', last_name: 'de La Tour' })).toBe('É. D.');
    expect(initials({ first_name: '', last_name: 'Martin' })).toBe('M.');
    expect(initials({ first_name: null, last_name: null })).toBe('—');
  });
});
