import { expect, it } from '@jest/globals';
import { knownIn, narrowing, wantedFrom, withoutFilters } from './wanted';

const AEF = '7a0c1d1e-5a58-4c0b-9a6e-0d3a5d6e1b01';
const ANA = '7a0c1d1e-5a58-4c0b-9a6e-0d3a5d6e1b02';
const asked = (address: string) => narrowing(wantedFrom(new URLSearchParams(address)));

it('asks for everything the address says, and for nothing else', () => {
  expect(asked('besoin=loyer&age=30')).toEqual({});
  expect(
    asked(`service=${AEF}&langue=ta&mode=telephone&accessible=oui&interprete=oui&des=2027-01-05&moment=matin`),
  ).toEqual({
    partner: AEF,
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
  expect(asked('des=1800-01-01')).toEqual({});
  expect(asked('mode=pigeon&accessible=non&interprete=&moment=nuit')).toEqual({});
});

it('an id that is none is as if it were not there, in place of a request that is refused', () => {
  const wanted = wantedFrom(new URLSearchParams(`site=x&agent=${ANA}0&service=null&usager=42&motif=${AEF},,b`));
  expect(wanted).toMatchObject({ site: null, agent: null, partner: null, usager: null, motifs: [AEF] });
  expect(wantedFrom(new URLSearchParams(`langue=zh-Hant-TW&commune=${'x'.repeat(200)}`))).toMatchObject({
    language: null,
    commune: 'x'.repeat(80),
  });
});

it('what the directory does not know is left out of the search, and named', () => {
  const known = { id: AEF } as never;
  const names = {
    motif: (id: string | null) => (id === AEF ? known : undefined),
    site: () => undefined,
    agent: (id: string | null) => (id === ANA ? known : undefined),
    partner: () => undefined,
  };
  const of = (address: string) => knownIn(wantedFrom(new URLSearchParams(address)), names);
  expect(of(`motif=${AEF},${ANA}&site=${AEF}&agent=${ANA}`)).toMatchObject({
    wanted: { motifs: [AEF], site: null, agent: ANA },
    unknown: ['motif', 'site'],
  });
  expect(of(`agent=${ANA}&service=nobody`)).toMatchObject({ unknown: [] });
});
