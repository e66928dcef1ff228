import { describe, expect, it } from '@jest/globals';
import { addressOf, BadSettings, environment } from './environment';

describe('settings', () => {
  it('without any, Palier serves this machine with its own database and the demonstration', () => {
    expect(environment({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      databaseUrl: null,
      redisUrl: null,
      clockOffsetMs: 0,
      demo: true,
    });
  });

  it('a variable set to nothing counts as not set', () => {
    expect(environment({ PORT: '', REDIS_URL: '  ' })).toMatchObject({ port: 3000, redisUrl: null });
  });

  it('a given database starts empty unless the demonstration is asked for', () => {
    const given = { DATABASE_URL: 'postgres://a@db/palier', DATABASE_APP_URL: 'postgresql://b@db/palier' };
    expect(environment(given).demo).toBe(false);
    expect(environment({ ...given, PALIER_DEMO: 'yes' }).demo).toBe(true);
  });

  it('the public address loses its last slash', () => {
    expect(environment({ PUBLIC_URL: 'https://palier.example/' }).publicUrl).toBe('https://palier.example');
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '3000.5'],
    ['PUBLIC_URL', 'palier.example'],
    ['DATABASE_URL', 'mysql://db'],
    ['REDIS_URL', 'http://redis'],
    ['PALIER_NOW', '04/01/2027'],
    ['PALIER_DEMO', 'maybe'],
    ['PALIER_DEMO_PASSWORD', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['MAIL_FROM', 'nobody'],
  ])('%s=%s is refused in French and in English, by its name', (name, value) => {
    const [sentence] = refusals({ [name]: value });
    expect(sentence?.fr).toContain(name);
    expect(sentence?.en).toContain(name);
  });

  it('a set clock on a day that does not exist is refused as such', () => {
    const [sentence, more] = refusals({ PALIER_NOW: '2027-02-30T09:00' });
    expect(sentence?.fr).toBe('PALIER_NOW doit être une heure locale comme 2027-01-04T09:40.');
    expect(more).toBeUndefined();
  });

  it('two wrong settings are said together', () => {
    expect(refusals({ PORT: 'here', LOG_LEVEL: 'loud' })).toHaveLength(2);
  });

  it('a set clock without its offset would be silently wrong, so it is refused', () => {
    expect(refusals({ PALIER_NOW: '2027-01-04T09:40' })).toHaveLength(1);
    expect(environment({ PALIER_NOW: '2027-01-04T09:40', PALIER_CLOCK_OFFSET_MS: '-5' }).clockOffsetMs).toBe(-5);
  });

  it('a server that listens everywhere is reached on localhost', () => {
    expect(addressOf('0.0.0.0', 80)).toBe('http://localhost:80');
    expect(addressOf('::1', 80)).toBe('http://[::1]:80');
  });
});

function refusals(env: Record<string, string>): readonly { fr: string; en: string }[] {
  try {
    environment(env);
  } catch (error) {
    if (error instanceof BadSettings) return error.sentences;
  }
  return [];
}
