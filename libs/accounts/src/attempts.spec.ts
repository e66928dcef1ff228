import { describe, expect, it } from '@jest/globals';
import { parseInstant } from '@app/time';
import { attemptWindow } from './attempts';
import { isEasyCode } from './codes';
import { slugOf } from './slug';

describe('when one may try again', () => {
  it('failures at 9:03 and at 9:14 are counted together, one at 9:15 begins anew', () => {
    const at = (time: string) => parseInstant(`2027-01-04T${time}:00+01:00`) ?? 0;
    const window = { start: at('09:00'), end: at('09:15') };
    expect(attemptWindow(at('09:03') as never)).toEqual(window);
    expect(attemptWindow(at('09:14') as never)).toEqual(window);
    expect(attemptWindow(at('09:15') as never).start).toBe(at('09:15'));
  });
});

describe('a short code', () => {
  it('is too easy when it repeats one digit or counts up or down', () => {
    for (const code of ['0000', '77777', '1234', '45678', '9876'])
      expect([code, isEasyCode(code)]).toEqual([code, true]);
  });

  it('is accepted otherwise', () => {
    for (const code of ['2580', '1357', '8035', '1233']) expect([code, isEasyCode(code)]).toEqual([code, false]);
  });
});

describe('the address of a space', () => {
  it('is its name without accents or punctuation', () => {
    expect(slugOf('Espace commun des solidarités, Chevilly-Larue')).toBe(
      'espace-commun-des-solidarites-chevilly-larue',
    );
    expect(slugOf('L’Œuvre — « Été »')).toBe('l-oeuvre-ete');
  });

  it('is never empty', () => {
    expect(slugOf('***')).toBe('espace');
  });
});
