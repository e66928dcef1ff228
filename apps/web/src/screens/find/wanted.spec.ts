import { expect, it } from '@jest/globals';
import { narrowing, wantedFrom } from './wanted';

const asked = (address: string) => narrowing(wantedFrom(new URLSearchParams(address)));

it('asks for everything the address says, and for nothing else', () => {
  expect(asked('besoin=loyer&age=30')).toEqual({});
  expect(
    asked('service=aef&langue=ta&mode=telephone&accessible=oui&interprete=oui&des=2027-01-05&moment=matin'),
  ).toEqual({
    partner: 'aef',
    language: 'ta',
    mode: 'phone',
    accessible: true,
    interpreter: true,
    from: '2027-01-05T00:00',
    part: 'morning',
  });
});

it('what the address does not spell as the screen would is as if it were not there', () => {
  expect(asked('mode=pigeon&accessible=non&interprete=&moment=nuit')).toEqual({});
});
