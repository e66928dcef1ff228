import { expect, it } from '@jest/globals';
import { parseRule, readWording } from '@app/recurrence';
import { plainDate } from '@app/time';
import { asRule, inTermAndHolidays, nextDates, policiesOf } from './reading';

const TODAY = plainDate('2027-01-01');
const BEARN = { id: 'bearn', name: '3 rue du Béarn' };
const MAISON = { id: 'maison', name: 'Maison pour tous' };

const read = (words: string, more: { meant?: Map<string, string>; usualSiteId?: string } = {}) =>
  readWording(words, TODAY).rules.map((rule) =>
    asRule(rule, { from: TODAY, sites: [BEARN, MAISON], meant: new Map(), usualSiteId: null, language: 'fr', ...more }),
  );
const AGAINST = {
  from: TODAY,
  sites: [BEARN, MAISON],
  meant: new Map(),
  usualSiteId: null,
  language: 'fr',
} as const;
const policies = (words: string) => policiesOf(readWording(words, TODAY).rules);

it('a site is the one that is named, else the one that is meant, else the partner’s usual one', () => {
  expect(read('le lundi de 9h à 12h à la Maison pour tous')).toMatchObject([{ siteId: 'maison' }]);
  expect(read('le lundi de 9h à 12h', { usualSiteId: 'bearn' })).toMatchObject([{ siteId: 'bearn' }]);
  expect(read('le lundi de 9h à 12h')).toMatchObject([{ siteId: null }]);
  const [elsewhere] = read('le lundi de 9h à 12h à la mairie', { usualSiteId: 'bearn' });
  expect(elsewhere?.siteId).toBeNull();
  const meant = new Map([[elsewhere?.site ?? '', 'bearn']]);
  expect(read('le lundi de 9h à 12h à la mairie', { meant })).toMatchObject([{ siteId: 'bearn' }]);
});

it('one week in two offers this date or the next, and says no first date by itself', () => {
  expect(read('un jeudi sur deux de 14h à 17h')).toMatchObject([
    { from: null, anchors: ['2027-01-07', '2027-01-14'], said: 'un jeudi sur deux' },
  ]);
  expect(read('un jeudi sur deux de 14h à 17h à partir du 14 janvier')).toMatchObject([
    { from: '2027-01-14', anchors: [] },
  ]);
});

it('what is not said is null: nothing is guessed', () => {
  expect(read('2 mercredis par mois')).toMatchObject([{ rrule: null, start: null, end: null, mode: null, said: null }]);
});

it('dates that are listed are dates, each its own', () => {
  expect(read('le 14 janvier de 9h à 12h')).toMatchObject([{ rrule: 'FREQ=DAILY;COUNT=1', from: '2027-01-14' }]);
});

it('holidays are as the words say, and not said when they do not', () => {
  expect(policies('le lundi de 9h à 12h')).toMatchObject({ onHoliday: null, schoolHolidays: 'any' });
  expect(policies('le lundi de 9h à 12h hors vacances scolaires').schoolHolidays).toBe('outside');
  expect(policies('le lundi de 9h à 12h sauf jours fériés').onHoliday).toBe('skip');
});

it('days that are left out by name are kept with their line, under the words that say them', () => {
  expect(read('le lundi de 9h à 12h sauf le 24 mai')).toMatchObject([
    { excluded: [{ from: '2027-05-24', to: '2027-05-24', cause: 'le 24 mai' }] },
  ]);
  expect(read('le lundi de 9h à 12h sauf du 20 au 31 décembre')).toMatchObject([
    { excluded: [{ from: '2027-12-20', to: '2027-12-31', cause: 'du 20 au 31 décembre' }] },
  ]);
  expect(read('le lundi de 9h à 12h sauf août')).toMatchObject([
    { rrule: 'FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=MO', excluded: [] },
  ]);
});

it('holidays that one line alone leaves out are its own', () => {
  const words = 'le lundi de 9h à 12h hors vacances scolaires. Le jeudi de 14h à 17h.';
  expect(policies(words)).toMatchObject({ schoolHolidays: 'any', perLine: { school: true } });
  const lines = readWording(words, TODAY).rules;
  const kept = lines.map((rule) => asRule(rule, AGAINST, policiesOf(lines).perLine).schoolHolidays);
  expect(kept).toEqual([{ when: 'outside', name: null }, null]);
  const [christmas] = readWording('le lundi de 9h à 12h hors vacances de Noël', TODAY).rules;
  expect(christmas && asRule(christmas, AGAINST, policiesOf([christmas]).perLine).schoolHolidays).toEqual({
    when: 'outside',
    name: 'Noël',
  });
});

it('another end during the school holidays makes two lines', () => {
  const [read] = readWording('le lundi de 14h à 18h (17h00 pendant les vacances scolaires)', TODAY).rules;
  const lines = inTermAndHolidays(read as NonNullable<typeof read>);
  expect(lines.map(({ end, schoolHolidays }) => [end, schoolHolidays?.effect])).toEqual([
    ['18:00', 'skip'],
    ['17:00', 'only'],
  ]);
});

it('the next dates of a parity are those of its weeks', () => {
  const parsed = parseRule('FREQ=WEEKLY;BYDAY=TH');
  if (!parsed.ok) throw new Error(parsed.text);
  expect(nextDates(parsed.rule, 'odd', TODAY, 3)).toEqual(['2027-01-07', '2027-01-21', '2027-02-04']);
});
