import { describe, expect, it } from '@jest/globals';
import { type Interval, overlaps } from '@app/time';
import fc from 'fast-check';
import { type Ask, share } from './sharing';

const during = (start: number, end: number): Interval => ({ start, end }) as Interval;
const ask = (id: string, start: number, end: number, room: string[], agents: string[] = []): Ask => ({
  id,
  during: during(start, end),
  room,
  presences: agents.map((agentId) => ({ agentId, resourceId: `presence of ${agentId}` })),
});

describe('what each date can have of what it wants', () => {
  it('a free room and a free agent are given', () => {
    expect(share([ask('a', 9, 12, ['room', 'desk'], ['petit'])], new Map())).toEqual([
      { id: 'a', hasRoom: true, absentAgents: [], resources: ['room', 'desk', 'presence of petit'] },
    ]);
  });

  it('a room with one desk taken is not held whole: not even its other desks are', () => {
    const [given] = share([ask('a', 9, 12, ['room', 'desk 1', 'desk 2'])], new Map([['desk 2', [during(11, 13)]]]));
    expect(given).toEqual({ id: 'a', hasRoom: false, absentAgents: [], resources: [] });
  });

  it('what touches without overlapping is free', () => {
    expect(share([ask('a', 9, 12, ['room'])], new Map([['room', [during(12, 14), during(8, 9)]]]))[0]?.hasRoom).toBe(
      true,
    );
  });

  it('an agent who is elsewhere is missing, and the room is held all the same', () => {
    const [given] = share(
      [ask('a', 9, 12, ['room'], ['petit', 'roche'])],
      new Map([['presence of roche', [during(11, 13)]]]),
    );
    expect(given).toMatchObject({ hasRoom: true, absentAgents: ['roche'], resources: ['room', 'presence of petit'] });
  });

  it('two dates of one permanence never get the same room at once: the first one has it', () => {
    const [first, second] = share([ask('a', 9, 12, ['room']), ask('b', 11, 13, ['room'])], new Map());
    expect([first?.hasRoom, second?.hasRoom]).toEqual([true, false]);
  });

  it('nothing given overlaps what was taken, or anything else given; and nothing free was withheld', () => {
    const hours = fc
      .tuple(fc.nat(20), fc.integer({ min: 1, max: 5 }))
      .map(([start, length]) => during(start, start + length));
    const resource = fc.constantFrom('a', 'b', 'c');
    const asks = fc.array(fc.tuple(hours, fc.uniqueArray(resource, { minLength: 1 })), { maxLength: 12 });
    fc.assert(
      fc.property(asks, fc.array(fc.tuple(resource, hours), { maxLength: 4 }), (wanted, held) => {
        const before: { id: string; range: Interval }[] = held.map(([id, range]) => ({ id, range }));
        const taken = new Map<string, Interval[]>();
        for (const { id, range } of before) taken.set(id, [...(taken.get(id) ?? []), range]);
        const list = wanted.map(([range, room], nth): Ask => ({ id: String(nth), during: range, room, presences: [] }));
        const all = [...before];
        share(list, taken).forEach(({ hasRoom }, nth) => {
          const { room, during: range } = list[nth] as Ask;
          const isFree = !all.some((one) => room.includes(one.id) && overlaps(one.range, range));
          expect(hasRoom).toBe(isFree);
          if (hasRoom) all.push(...room.map((id) => ({ id, range })));
        });
      }),
    );
  });
});
