import { expect, it } from '@jest/globals';
import { otherModes, sayWayOut } from './closed-day';

it('a closed day says why and how else one may be received', () => {
  const modes = otherModes(['on-site', 'phone', 'home', 'video']);
  expect(sayWayOut('Lundi de Pâques', modes, 'fr')).toBe(
    'Lundi de Pâques. Choisissez un autre jour, ou recevez par téléphone, à domicile ou en visio.',
  );
  expect(sayWayOut('closed', ['phone'], 'en')).toBe('closed. Choose another day, or receive by telephone.');
});

it('a motif received on site only has another day', () => {
  expect(sayWayOut('fermeture', otherModes(['on-site']), 'fr')).toBe('fermeture. Choisissez un autre jour.');
});
