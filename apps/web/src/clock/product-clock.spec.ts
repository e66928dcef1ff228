import { expect, it } from '@jest/globals';
import { ProductClock } from './product-clock';

it('the product’s clock runs on from what the server told, whatever the workstation’s clock says', () => {
  let elapsed = 5_000;
  const clock = new ProductClock(() => elapsed);
  expect(clock.isTold()).toBe(false);
  clock.tell('2027-01-04T09:40');
  elapsed += 59_000;
  expect(clock.now()).toBe('2027-01-04T09:40');
  elapsed += 2_000;
  expect(clock.now()).toBe('2027-01-04T09:41');
});

it('a drift is corrected when the server speaks again, and midnight is passed', () => {
  let elapsed = 0;
  const clock = new ProductClock(() => elapsed);
  clock.tell('2027-01-04T23:58');
  elapsed += 60_000;
  clock.tell('2027-01-05T00:01');
  expect(clock.now()).toBe('2027-01-05T00:01');
});
