import { describe, expect, it } from '@jest/globals';
import { parseInstant } from '@app/time';
import { type FormState, openForm, sealForm } from './form-state';

const secret = Buffer.from('un secret');
const at = (time: string) =>
  parseInstant(`2027-01-04T${time}:00+01:00`) as NonNullable<ReturnType<typeof parseInstant>>;
const state: FormState = {
  key: 'k',
  motifId: 'm',
  occurrenceId: 'o',
  start: '2027-01-12T09:00',
  givenAt: at('09:00'),
};

describe('a form of the public page', () => {
  it('comes back as it was given out, within the hour', () => {
    expect(openForm(sealForm(state, secret), secret, at('10:00'))).toEqual(state);
    expect(openForm(sealForm(state, secret), secret, at('10:01'))).toBeNull();
  });

  it('changed, signed by somebody else or made up, it is no form of ours', () => {
    const sealed = sealForm(state, secret);
    const [, signature] = sealed.split('.');
    const other = Buffer.from(JSON.stringify({ ...state, start: '2027-01-13T09:00' })).toString('base64url');
    expect(openForm(`${other}.${signature}`, secret, at('09:01'))).toBeNull();
    expect(openForm(sealForm(state, Buffer.from('autre')), secret, at('09:01'))).toBeNull();
    for (const text of ['', '.', 'n’importe quoi', `${sealed.slice(0, -2)}`])
      expect(openForm(text, secret, at('09:01'))).toBeNull();
  });
});
