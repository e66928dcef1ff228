import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseRule } from './parse';
import { formatRule } from './rule';
import { someRule } from './rules.arbitrary';

const canonical = (text: string): string => {
  const parsed = parseRule(text);
  return parsed.ok ? formatRule(parsed.rule) : parsed.why;
};

describe('reading a rule', () => {
  test('equal rules have one canonical text', () => {
    expect(canonical('RRULE:BYDAY=5WE,1WE;FREQ=MONTHLY')).toBe('FREQ=MONTHLY;BYDAY=1WE,5WE');
    expect(canonical('freq=weekly;interval=1;wkst=mo;byday=fr,mo,mo')).toBe('FREQ=WEEKLY;BYDAY=MO,FR');
    expect(canonical('FREQ=MONTHLY;BYDAY=-1WE,4WE')).toBe('FREQ=MONTHLY;BYDAY=4WE,-1WE');
    expect(canonical('FREQ=MONTHLY;BYMONTHDAY=-1,+1')).toBe('FREQ=MONTHLY;BYMONTHDAY=1,-1');
    expect(canonical('FREQ=WEEKLY;INTERVAL=6;')).toBe('FREQ=WEEKLY;INTERVAL=6');
  });

  test('what is written is read back, for every rule of the whitelist', () => {
    fc.assert(
      fc.property(someRule, (rule) => {
        const parsed = parseRule(formatRule(rule));
        if (!parsed.ok) expect(parsed.why).toBe('never-occurs');
        else expect(parsed.rule).toEqual(rule);
      }),
      { numRuns: 500 },
    );
  });

  test('an end given as a date includes that date; one in UTC is brought to the wall clock', () => {
    expect(canonical('FREQ=DAILY;UNTIL=20270630')).toBe('FREQ=DAILY;UNTIL=20270630');
    expect(canonical('FREQ=DAILY;UNTIL=20270630T235959')).toBe('FREQ=DAILY;UNTIL=20270630');
    expect(canonical('FREQ=DAILY;UNTIL=20270630T120000Z')).toBe('FREQ=DAILY;UNTIL=20270630T140000');
    const overseas = parseRule('FREQ=DAILY;UNTIL=20270630T120000Z', 'America/Cayenne');
    expect(overseas.ok && overseas.rule.until).toBe('2027-06-30T09:00');
  });

  test.each([
    'FREQ=HOURLY;INTERVAL=2;BYHOUR=1',
    'FREQ=SECONDLY',
    'FREQ=DAILY;INTERVAL=-1',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=53',
    'FREQ=MONTHLY;BYDAY=6MO',
    'FREQ=MONTHLY;BYDAY=WE;BYSETPOS=4,-1',
    'FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1',
    'FREQ=MONTHLY;BYSETPOS=1',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=WEEKLY;BYMONTHDAY=3',
    'FREQ=YEARLY;BYWEEKNO=2,4;BYDAY=MO',
    'FREQ=YEARLY;BYYEARDAY=100',
    'FREQ=DAILY;BYHOUR=9',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;COUNT=999999999',
    'FREQ=DAILY;COUNT=3;UNTIL=20270101',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=YEARLY;BYMONTH=13',
  ])('%s is outside the whitelist', (text) => {
    expect(parseRule(text)).toMatchObject({ ok: false, why: 'not-whitelisted' });
  });

  test.each(['', 'lundi', 'FREQ', 'BYDAY=MO', 'FREQ=DAILY;FREQ=DAILY', 'FREQ=DAILY;X=1', 'FREQ=DAILY;UNTIL=20270231'])(
    '“%s” is no rule',
    (text) => {
      expect(parseRule(text)).toMatchObject({ ok: false, why: 'not-a-rule' });
    },
  );

  test.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31',
    'FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=8',
    'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6',
  ])('%s never gives a date', (text) => {
    expect(parseRule(text)).toMatchObject({ ok: false, why: 'never-occurs' });
  });

  test('a date that is rare still occurs', () => {
    expect(canonical('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29')).toContain('BYMONTHDAY=29');
    expect(canonical('FREQ=MONTHLY;BYMONTH=2;BYDAY=5MO')).toContain('BYDAY=5MO');
  });

  test('a refusal says what was not understood, in French and in English', () => {
    expect(parseRule('FREQ=WEEKLY;BYHOUR=9')).toEqual({
      ok: false,
      why: 'not-whitelisted',
      text: '« BYHOUR » n’est pas pris en charge',
      textEn: '“BYHOUR” is not supported',
    });
  });

  test('any text is answered, however long', () => {
    const alphabet = fc.constantFrom(...'FREQ=;:,DAILYWEKMONTHBYSPUIV-+0123456789Zé\n ');
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 80 }), (characters) => {
        expect(typeof parseRule(characters.join('')).ok).toBe('boolean');
        expect(typeof parseRule(`FREQ=DAILY;${characters.join('')}`).ok).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
    expect(parseRule(`FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(100_000)}`)).toMatchObject({ ok: false, why: 'not-a-rule' });
  });
});
