import { expect, it } from '@jest/globals';
import { isLanguage, whyNotAName } from './names';

it.each(['O’Brien', "O'Brien", 'Jean-Paul', 'Nguyễn', 'علي', 'علی‌رضا', '李', 'Li 2', 'Louis 14', 'M.', ''])(
  '"%s" can be a name',
  (name) => {
    expect(whyNotAName(name)).toBeNull();
  },
);

it.each(['Mar\u202etin', '\u2066Awa', 'Dia\u0007llo', 'Di\u200ballo'])(
  'hidden characters are not part of a name',
  (name) => {
    expect(whyNotAName(name)).toBe('hidden');
  },
);

it.each(['0639980001', 'Diallo 0639980001', '12', '???', '-', 'Martin 1985'])('"%s" cannot be a name', (name) => {
  expect(whyNotAName(name)).toBe('not-a-name');
});

it('a language is one by its code, not by whatever is written', () => {
  for (const code of ['fr', 'so', 'snk', 'ary', 'pt-BR', 'fsl']) expect([code, isLanguage(code)]).toEqual([code, true]);
  for (const code of ['zz-klingon', 'zz', 'klingon', 'FR', '<b>', ''])
    expect([code, isLanguage(code)]).toEqual([code, false]);
});
