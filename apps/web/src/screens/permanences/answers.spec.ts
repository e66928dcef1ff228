import type { PermanenceReading, RuleRead } from '@app/contract';
import { expect, it } from '@jest/globals';
import {
  type Answers,
  anchorKey,
  daysHeard,
  halfDaysOf,
  halvesHeard,
  linesOf,
  NO_ANSWERS,
  openOf,
  ruleKey,
} from './answers';

const SITE = '11111111-1111-4111-8111-111111111111';
const ROOM = '22222222-2222-4222-8222-222222222222';

const thursdays: RuleRead = {
  said: 'tous les jeudis',
  rrule: 'FREQ=WEEKLY;BYDAY=TH',
  parity: null,
  from: '2027-01-04',
  anchors: [],
  start: '14:00',
  end: '17:00',
  mode: 'appointment',
  site: null,
  siteId: SITE,
  roomId: ROOM,
  roomWhy: 'resident',
  exclusions: [],
  excluded: [],
  onHoliday: null,
  schoolHolidays: null,
};
const everyOther: RuleRead = {
  ...thursdays,
  rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH',
  from: null,
  anchors: ['2027-01-07', '2027-01-14'],
};

const read = (rules: RuleRead[], more: Partial<PermanenceReading> = {}): PermanenceReading => ({
  verdict: 'exact',
  questions: [],
  warnings: [],
  rules,
  onHoliday: null,
  schoolHolidays: 'any',
  ...more,
});
const unanswered = (reading: PermanenceReading, answers: Answers = NO_ANSWERS, words = '') =>
  openOf(reading, words, answers)
    .filter(({ isAnswered }) => !isAnswered)
    .map(({ about }) => about);

it('what the words say whole leaves nothing to ask', () => {
  expect(unanswered(read([thursdays]))).toEqual([]);
  expect(linesOf(read([thursdays]), NO_ANSWERS)).toMatchObject([
    {
      rhythm: { kind: 'weekly', days: [4] },
      from: '2027-01-04',
      start: '14:00',
      end: '17:00',
      siteId: SITE,
      roomId: ROOM,
    },
  ]);
});

it('one week in two asks from when, once for the two ranges of a day; the answer is the first date of both', () => {
  const reading = read([everyOther, { ...everyOther, start: '09:00', end: '12:00' }], {
    questions: [{ about: 'anchor', text: 'Quelle est la prochaine date ?', at: [3, 20] }],
  });
  expect(openOf(reading, 'un jeudi sur deux', NO_ANSWERS)).toMatchObject([
    { about: 'anchor', text: 'Quelle est la prochaine date ?', at: [3, 20], isAnswered: false },
  ]);
  const answers = { ...NO_ANSWERS, anchors: { [anchorKey(everyOther)]: '2027-01-14' } };
  expect(unanswered(reading, answers)).toEqual([]);
  expect(linesOf(reading, answers).map(({ from }) => from)).toEqual(['2027-01-14', '2027-01-14']);
});

it('hours, mode and site that are not said are asked, and taken from the answers', () => {
  const bare: RuleRead = { ...thursdays, start: null, end: null, mode: null, siteId: null, roomId: null, site: 'CCAS' };
  expect(unanswered(read([bare]))).toEqual(['times', 'mode', 'site']);
  const answers: Answers = {
    ...NO_ANSWERS,
    times: { [ruleKey(bare)]: { start: '09:00', end: '12:00' } },
    mode: 'walk-in',
    sites: { CCAS: SITE },
  };
  expect(unanswered(read([bare]), answers)).toEqual([]);
  expect(linesOf(read([bare]), answers)).toMatchObject([
    { start: '09:00', end: '12:00', mode: 'walk-in', siteId: SITE },
  ]);
  const backwards = { ...answers, times: { [ruleKey(bare)]: { start: '12:00', end: '09:00' } } };
  expect(unanswered(read([bare]), backwards)).toEqual(['times']);
});

it('a question that no field answers is agreed with, and asked again when the words it points at change', () => {
  const words = 'le jeudi, en principe';
  const reading = read([thursdays], { questions: [{ about: 'other', text: 'Est-ce fixé ?', at: [10, 21] }] });
  const [question] = openOf(reading, words, NO_ANSWERS);
  const agreed = { ...NO_ANSWERS, agreed: [question?.key ?? ''] };
  expect(unanswered(reading, agreed, words)).toEqual([]);
  expect(unanswered(reading, agreed, 'le jeudi, parfois !!!')).toEqual(['agree']);
});

it('the days that the words leave out are kept with their line', () => {
  const excluded = [{ from: '2027-12-24', to: '2027-12-24', cause: '24 décembre' }];
  expect(unanswered(read([{ ...thursdays, excluded }]))).toEqual([]);
  expect(linesOf(read([{ ...thursdays, excluded }]), NO_ANSWERS)).toMatchObject([{ excluded }]);
});

it('"2 mercredis par mois" is already about Wednesdays of the month', () => {
  expect(daysHeard('2 mercredis par mois')).toMatchObject({ kind: 'monthly', days: [3], ranks: [] });
});

it('the half days of a site are those of most of its days', () => {
  const openings = [1, 2, 3, 4].map((weekday) => ({ weekday, opens: '08:30', closes: '17:30' }));
  expect(halfDaysOf([...openings, { weekday: 5, opens: '09:00', closes: '12:00' }])).toEqual([
    { start: '08:30', end: '12:00' },
    { start: '13:30', end: '17:30' },
  ]);
  expect(halfDaysOf([])).toEqual([]);
});

it('"le matin" leaves the morning only', () => {
  const halves = [
    { start: '08:30', end: '12:00' },
    { start: '13:30', end: '17:30' },
  ];
  expect(halvesHeard('le matin', halves)).toEqual([halves[0]]);
  expect(halvesHeard('l’après-midi', halves)).toEqual([halves[1]]);
  expect(halvesHeard('matin ou après-midi', halves)).toEqual(halves);
  expect(halvesHeard('13h030', halves)).toEqual(halves);
});
