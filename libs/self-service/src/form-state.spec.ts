import { describe, expect, it } from '@jest/globals';
import { parseInstant } from '@app/time';
import { answerKey, type FormState, openBrowser, openForm, sealBrowser, sealForm } from './form-state';

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

  it('asks the same again in any spelling; another browser, hour, name or number asks for something else', () => {
    const person = { firstName: 'Zoé', lastName: 'Le Noir', phone: '+33639981234' };
    const key = answerKey(state, person, secret);
    expect(answerKey({ ...state, givenAt: at('09:30') }, { ...person, firstName: ' ZOE' }, secret)).toBe(key);
    const others = [
      answerKey({ ...state, key: 'other' }, person, secret),
      answerKey({ ...state, start: '2027-01-12T09:30' }, person, secret),
      answerKey(state, { ...person, lastName: 'Le' }, secret),
      answerKey(state, { ...person, phone: '+33639981235' }, secret),
      answerKey(state, person, Buffer.from('autre')),
    ];
    expect(new Set([key, ...others]).size).toBe(6);
  });

  it('what a browser keeps of it lasts an hour, and says nothing of what was asked', () => {
    const kept = sealBrowser(state, secret);
    expect(openBrowser(kept, secret, at('10:00'))).toEqual({ key: 'k', givenAt: state.givenAt });
    expect(openBrowser(kept, secret, at('10:01'))).toBeNull();
    expect(openBrowser('n’importe quoi', secret, at('09:00'))).toBeNull();
  });
});
