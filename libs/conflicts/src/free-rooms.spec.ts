import { describe, expect, it } from '@jest/globals';
import { freeRooms } from './free-rooms';

const rooms = Array.from({ length: 8 }, (_, nth) => ({
  id: `${nth}`,
  name: `Bureau ${nth}`,
  resources: [`room ${nth}`, `desk ${nth}`],
}));

describe('the rooms that could be given instead', () => {
  it('five at most, the wanted one first when it is free', () => {
    expect(freeRooms(rooms, [], '6').map(({ roomId }) => roomId)).toEqual(['6', '0', '1', '2', '3']);
  });

  it('a room with a desk taken is not free', () => {
    const taken = [{ resourceId: 'desk 6' }, { resourceId: 'room 0' }];
    expect(freeRooms(rooms, taken, '6').map(({ roomId }) => roomId)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('a room that nothing can hold is not proposed', () => {
    expect(freeRooms([{ id: 'x', name: 'Cave', resources: [] }], [], null)).toEqual([]);
  });
});
