import { expect, it } from '@jest/globals';
import { narrowing, wantedFrom, withoutFilters } from './wanted';

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

it('a social security number in the address is neither searched nor shown', () => {
  const wanted = wantedFrom(new URLSearchParams('besoin=1 85 05 78 006 084&commune=1850578006084'));
  expect(wanted).toMatchObject({ need: '', commune: '', isRefused: true });
  expect(wantedFrom(new URLSearchParams('besoin=06 39 98 12 34&langue=<b>'))).toMatchObject({
    need: '06 39 98 12 34',
    language: null,
    isRefused: false,
  });
});

it('without a filter its name leaves the address; one that a record asks for was never in it', () => {
  const wanted = wantedFrom(new URLSearchParams('besoin=loyer&langue=so&moment=matin'));
  const plain = { interpreter: false };
  expect(withoutFilters(wanted, ['language', 'part'], plain)).toEqual({ langue: null, moment: null });
  expect(withoutFilters(wanted, ['language'], { interpreter: true })).toEqual({ langue: null, interprete: 'oui' });
  expect(withoutFilters(wanted, ['interpreter'], plain)).toBeNull();
});

it('what the address does not spell as the screen would is as if it were not there', () => {
  expect(asked('des=2027-02-30')).toEqual({});
  expect(asked('des=demain')).toEqual({});
  expect(asked('mode=pigeon&accessible=non&interprete=&moment=nuit')).toEqual({});
});
