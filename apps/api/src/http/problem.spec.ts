import { describe, expect, it } from '@jest/globals';
import { Id, LocalDateTime, MessagesQuery, PlainDate, PlainTime, SignIn, Text, UsagerBody } from '@app/contract';
import { type ArgumentMetadata, BadRequestException } from '@nestjs/common';
import type { z } from 'zod';
import { NotFoundError, RefusedError } from './answer';
import { isCrossSite } from './cross-site';
import { onceOf } from './once-key';
import { languageOf, problemOf, problemOfInput } from './problem';
import { problemFor } from './problem.filter';
import { REFUSALS } from './refusals';
import { ValidationPipe } from './validation.pipe';

const NO_BREAK = '\u00a0';

describe('the language of an answer', () => {
  it('is the account’s, whatever the browser says', () => {
    expect(languageOf('en', 'fr')).toBe('en');
  });

  it('is the browser’s preferred one before anyone is signed in, and French when it speaks neither', () => {
    expect(languageOf(undefined, 'de, en;q=0.4, fr;q=0.8')).toBe('fr');
    expect(languageOf(undefined, 'en-GB,en;q=0.9,fr;q=0.3')).toBe('en');
    expect(languageOf(undefined, 'fr;q=0, en;q=0.1')).toBe('en');
    expect(languageOf(undefined, 'ta')).toBe('fr');
    expect(languageOf(undefined, undefined)).toBe('fr');
  });
});

describe('a refusal as a problem document', () => {
  it('says why, in the words of the viewer, and the ways out', () => {
    const refusal = {
      why: 'room-taken',
      heldBy: null,
      until: '2027-01-12T18:00',
      alternatives: [{ name: 'Bureau 2' }],
    };
    expect(problemOf(refusal, 'fr')).toEqual({
      type: 'urn:palier:problem:room-taken',
      title: 'La salle est prise.',
      status: 409,
      ...refusal,
    });
    expect(problemOf(refusal, 'en').title).toBe('The room is taken.');
  });

  it('tells who has tried too often when to come back', () => {
    const refusal = { why: 'too-many-attempts', until: '2027-01-04T09:45' };
    expect(problemOf(refusal, 'fr')).toMatchObject({ status: 429, detail: `Réessayez à 9${NO_BREAK}h${NO_BREAK}45.` });
    expect(problemOf(refusal, 'en').detail).toBe('Try again at 09:45.');
  });

  it('every refusal is worded in both languages', () => {
    for (const [why, { fr, en }] of Object.entries(REFUSALS)) {
      expect([why, fr.length > 3, en.length > 3, fr !== en]).toEqual([why, true, true, true]);
    }
  });

  it('one that nobody worded is still a 409, never an error of ours', () => {
    expect(problemFor(new RefusedError({ ok: false, why: 'something-new' }), 'fr')).toMatchObject({
      status: 409,
      why: 'something-new',
    });
  });
});

describe('input of the wrong shape', () => {
  it('names the field and what is wrong there, in French or in English', () => {
    const french = problemOfInput(SignIn, { email: 'nobody', password: '' }, 'fr');
    expect(french).toMatchObject({ status: 400, why: 'invalid' });
    expect(french.errors?.map(({ at }) => at)).toEqual(['email', 'password']);
    const english = problemOfInput(SignIn, { email: 'nobody', password: '' }, 'en');
    expect(english.errors?.[0]?.message).toMatch(/^Invalid/);
    expect(french.errors?.[0]?.message).not.toEqual(english.errors?.[0]?.message);
  });

  it('says in plain words that a date, a time or a moment does not exist', () => {
    const says = (schema: z.ZodType, value: string) => problemOfInput(schema, value, 'fr').errors?.[0]?.message;
    for (const date of ['2027-02-30', '2027-13-01', '0001-01-01', '9999-12-31', '2027-1-4', 'demain']) {
      expect(says(PlainDate, date)).toBe('Cette date n’existe pas.');
    }
    for (const time of ['25:00', '24:00', '9:00', '13h30']) {
      expect(says(PlainTime, time)).toBe('Cette heure n’existe pas.');
    }
    for (const moment of ['2027-02-31T09:00', '2027-99-99T00:00', '2027-01-04T25:00', '2027-01-04T09:00:00']) {
      expect(says(LocalDateTime, moment)).toBe('Cette date ou cette heure n’existe pas.');
    }
    expect(PlainDate.parse('2028-02-29')).toBe('2028-02-29');
    expect(PlainTime.parse('23:59')).toBe('23:59');
    expect(LocalDateTime.parse('2027-03-28T02:30')).toBe('2027-03-28T02:30');
  });

  it('says what is missing, too long or not whole without the words of programmers', () => {
    const says = (schema: z.ZodType, value: unknown) => problemOfInput(schema, value, 'fr').errors?.[0]?.message;
    expect(says(MessagesQuery.shape.limit, 2.5)).toBe('Un nombre entier est attendu, sans virgule.');
    expect(says(Text(80), '')).toBe('À remplir.');
    expect(says(Text(80), undefined)).toBe('À remplir.');
    expect(says(Text(80), 'x'.repeat(81))).toBe('C’est trop long : 80 caractères au plus.');
    expect(says(Id, 'xyz')).toBe('Ce qui est désigné ici n’existe pas.');
    expect(says(MessagesQuery.shape.limit, '0')).toBe('C’est trop petit : 1 au moins.');
    expect(says(MessagesQuery.shape.limit, 'dix')).toBe('Un nombre est attendu.');
    expect(says(MessagesQuery.shape.state, 'x')).toBe('Ce choix n’est pas proposé.');
  });

  it('an address with an id that is none leads nowhere', async () => {
    const read = new ValidationPipe().transform('xyz', { type: 'param', data: 'id', schema: Id } as ArgumentMetadata);
    const refused = await read.catch((error: unknown) => problemFor(error, 'fr'));
    expect(refused).toMatchObject({ status: 404, title: 'Introuvable.' });
  });

  it('points into what is nested', () => {
    const problem = problemOfInput(UsagerBody, { lastName: 'X', birthYear: 'soon' }, 'fr');
    expect(problem.errors?.map(({ at }) => at)).toEqual(['birthYear']);
  });
});

describe('what goes wrong', () => {
  const failure = (code: string, constraint?: string) =>
    Object.assign(new Error('value "Élodie Martin" violates …'), { driverError: { code, constraint } });

  it('says nothing of the inside', () => {
    expect(problemFor(failure('XX000'), 'fr')).toEqual({
      type: 'about:blank',
      title: 'Palier a rencontré une erreur.',
      status: 500,
    });
    expect(problemFor(undefined, 'en').status).toBe(500);
  });

  it('a claim the constraint refused is "pris", not an error', () => {
    expect(problemFor(failure('23P01'), 'fr')).toMatchObject({ status: 409, why: 'taken', heldBy: null });
  });

  it('a social security number the database refused is named as such', () => {
    expect(problemFor(failure('23514', 'no_social_security_number'), 'fr')).toMatchObject({ status: 400, why: 'nir' });
    // A row of before: the field is named, and the way out.
    const kept = Object.assign(new Error('x'), {
      driverError: { code: '23514', table: 'usager', constraint: 'no_social_security_number_over_two_fields' },
    });
    expect(problemFor(kept, 'fr')).toMatchObject({
      status: 409,
      why: 'nir-kept',
      detail: expect.stringMatching(/son prénom et son nom.*ouvrez sa fiche/),
      errors: [{ at: 'lastName' }, { at: 'firstName' }],
    });
    expect(problemFor(failure('23514', 'another'), 'fr')).toMatchObject({ status: 400, why: 'invalid' });
  });

  it('a character the database cannot keep is the caller’s mistake, not an error of ours', () => {
    expect(problemFor(failure('22021'), 'fr')).toMatchObject({ status: 400, why: 'unreadable' });
    expect(problemFor(failure('22P05'), 'fr')).toMatchObject({ status: 400, why: 'unreadable' });
  });

  it('while the database is out of reach, one is told to try again in a moment', () => {
    const stopped = [failure('57P01'), failure('08006'), Object.assign(new Error(), { code: 'ECONNREFUSED' })];
    for (const error of [...stopped, new Error('Connection terminated unexpectedly')]) {
      expect(problemFor(error, 'fr')).toEqual({
        type: 'about:blank',
        title: 'Palier n’est pas prêt. Réessayez dans un instant.',
        status: 503,
      });
    }
    expect(problemFor(failure('57014'), 'fr').status).toBe(500);
  });

  it('a row the policies refused is somebody else’s', () => {
    expect(problemFor(failure('42501'), 'fr')).toMatchObject({ status: 403, why: 'not-yours' });
  });

  it('a body that is too long or no JSON keeps its status', () => {
    expect(problemFor(Object.assign(new Error(), { statusCode: 413 }), 'fr').status).toBe(413);
    expect(problemFor(new BadRequestException('{"secret":'), 'fr')).toEqual({
      type: 'about:blank',
      title: 'Demande incomprise.',
      status: 400,
    });
  });

  it('absent and forbidden are told alike', () => {
    expect(problemFor(new NotFoundError('usager', 'x'), 'fr')).toMatchObject({ status: 404, why: 'not-found' });
  });
});

describe('a page that is not ours', () => {
  const ours = 'https://palier.example';
  it('is known by what the browser says of it', () => {
    expect(isCrossSite({ 'sec-fetch-site': 'cross-site', origin: ours }, ours)).toBe(true);
    expect(isCrossSite({ 'sec-fetch-site': 'same-site' }, ours)).toBe(true);
    expect(isCrossSite({ origin: 'https://elsewhere.example', host: 'palier.example' }, ours)).toBe(true);
    expect(isCrossSite({ origin: 'null', host: 'palier.example' }, ours)).toBe(true);
  });

  it('is not: our own, by its public address or by the one typed', () => {
    expect(isCrossSite({ 'sec-fetch-site': 'same-origin' }, ours)).toBe(false);
    expect(isCrossSite({ origin: ours, host: '127.0.0.1:3000' }, ours)).toBe(false);
    expect(isCrossSite({ origin: 'http://192.168.1.4:3000', host: '192.168.1.4:3000' }, ours)).toBe(false);
    expect(isCrossSite({}, ours)).toBe(false);
  });
});

describe('a key that makes a write happen once', () => {
  const asked = { headers: { 'idempotency-key': 'abcdefgh' }, method: 'POST', url: '/api/sites', body: { name: 'A' } };

  it('stands for one request: another body or address has another hash', () => {
    const hash = onceOf(asked)?.requestHash.toString('hex');
    expect(onceOf({ ...asked })?.requestHash.toString('hex')).toBe(hash);
    expect(onceOf({ ...asked, body: { name: 'B' } })?.requestHash.toString('hex')).not.toBe(hash);
    expect(onceOf({ ...asked, url: '/api/rooms' })?.requestHash.toString('hex')).not.toBe(hash);
  });

  it('is optional, and has 8 to 200 characters', () => {
    expect(onceOf({ ...asked, headers: {} })).toBeNull();
    for (const key of ['short', 'x'.repeat(201), 'with a space']) {
      expect(() => onceOf({ ...asked, headers: { 'idempotency-key': key } })).toThrow(RefusedError);
    }
  });
});
