import { expect, it } from '@jest/globals';
import { siteNamed } from './site-names';

const SITES = [{ name: '3 rue du Béarn' }, { name: 'Maison pour tous' }, { name: '4 place Nelson Mandela' }];
const named = (written: string) => siteNamed(written, SITES)?.name ?? null;

it('a site is known by its name, with or without accents, articles and capitals', () => {
  expect(named('MAISON POUR TOUS')).toBe('Maison pour tous');
  expect(named('la maison pour tous')).toBe('Maison pour tous');
  expect(named('3, rue du Bearn')).toBe('3 rue du Béarn');
});

it('a part of its name is enough, and so is its name within an address', () => {
  expect(named('rue du Béarn')).toBe('3 rue du Béarn');
  expect(named('4 place Nelson Mandela à Chevilly-Larue')).toBe('4 place Nelson Mandela');
});

it('a name that is no site’s, or that two sites share, is asked about', () => {
  expect(named('CCAS')).toBeNull();
  expect(named('le')).toBeNull();
  expect(siteNamed('Mairie', [{ name: 'Mairie nord' }, { name: 'Mairie sud' }])).toBeNull();
});
