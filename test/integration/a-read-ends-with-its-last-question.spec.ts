import { contextOf, type Viewer } from '@app/accounts';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { PlannedSpace } from '../support/planned-space';

let space: PlannedSpace;
let desk: Viewer;
beforeEach(async () => {
  // One connection: what one transaction leaves behind, the next one finds.
  space = await PlannedSpace.open('2027-01-04T09:40', { poolSize: 1 });
  desk = space.viewer('desk');
});
afterEach(() => space?.close());

const whoAsks = `select nullif(current_setting('palier.space', true), '') as space`;

it('what was asked is answered in its context; more is refused, and the next one begins in its own', async () => {
  await space.db.within(contextOf(desk), async (tx) => {
    const asked = tx.query(whoAsks);
    tx.endsHere();
    await expect(tx.query(whoAsks)).rejects.toThrow('ended');
    expect(await asked).toEqual([{ space: space.spaceId }]);
  });
  expect(await space.db.outside(whoAsks)).toEqual([{ space: null }]);
});

it('a question that fails says why, and leaves the connection to the next', async () => {
  const failing = space.db.within(contextOf(desk), async (tx) => {
    const asked = tx.query('select 1 / 0');
    tx.endsHere();
    return asked;
  });
  await expect(failing).rejects.toMatchObject({ code: '22012' });
  expect(await space.db.within(contextOf(desk), (tx) => tx.query(whoAsks))).toEqual([{ space: space.spaceId }]);
});
