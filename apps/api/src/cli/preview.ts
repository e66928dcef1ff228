import { type Reading, readWording, SCHOOL_ZONES, type SchoolZone, upcomingDates } from '@app/recurrence';
import { type PlainDate, parsePlainDate, sayDate } from '@app/time';
import { linesOf, objectOf, printJson, readWords, WrongUsage } from './usage';

const MOST_DATES = 1000;

interface Choices {
  from: PlainDate;
  count: number;
  zone: SchoolZone | null;
}

/** What a phrase, or each phrase of a file, says: for people, or one JSON object a line. */
export function preview(words: readonly string[], today: PlainDate): number {
  const { values, positionals } = readWords(words, {
    file: { type: 'string' },
    from: { type: 'string' },
    count: { type: 'string' },
    zone: { type: 'string' },
    json: { type: 'boolean' },
  });
  const choices: Choices = {
    from: readFrom(values.from, today),
    count: readCount(values.count),
    zone: readZone(values.zone),
  };
  if (values.file !== undefined) {
    if (positionals.length > 0) throw new WrongUsage('');
    for (const line of linesOf(values.file)) {
      const phrase = objectOf(line)?.phrase;
      printJson(answer(typeof phrase === 'string' ? phrase : '', choices));
    }
    return 0;
  }
  const [phrase, ...more] = positionals;
  if (phrase === undefined || more.length > 0) throw new WrongUsage('');
  const answered = answer(phrase, choices);
  if (values.json) printJson(answered);
  else process.stdout.write(`${inWords(answered)}\n`);
  return answered.verdict === 'refused' ? 1 : 0;
}

/** The reading with its next dates, as the JSON of the command line. */
function answer(phrase: string, { from, count, zone }: Choices) {
  const reading = readWording(phrase, from);
  const options = { from, count, zone: zone ?? reading.zone ?? ('C' as const), territory: 'metropole' as const };
  return {
    phrase,
    verdict: reading.verdict,
    questions: reading.questions.map(({ about, text, at }) => ({ about, text, at })),
    warnings: reading.warnings.map(({ text, at }) => ({ text, at })),
    rules: reading.rules.map(({ rrule, start, end, mode, site, parity, exclusions }) => ({
      rrule,
      start,
      end,
      mode,
      site,
      parity,
      exclusions,
    })),
    dates: datesOf(reading, options),
  };
}

function datesOf({ rules }: Reading, options: Parameters<typeof upcomingDates>[1]) {
  return rules.flatMap((rule, index) => upcomingDates(rule, options).map((date) => ({ rule: index, ...date })));
}

const STATES = { kept: '', skipped: 'pas de séance', moved: 'reporté', unverified: 'à vérifier' };

function inWords({ phrase, verdict, questions, warnings, rules, dates }: ReturnType<typeof answer>): string {
  const verdicts = { exact: 'Compris', question: 'À préciser', refused: 'Pas compris' };
  const quoted = ([from, to]: readonly [number, number]) => `« ${phrase.slice(from, to)} »`;
  return [
    verdicts[verdict],
    ...questions.map(({ text, at }) => `  ? ${text} ${quoted(at)}`),
    ...warnings.map(({ text, at }) => `  ! ${text} ${quoted(at)}`),
    ...rules.flatMap(({ rrule, start, end, mode, site, parity }, index) => [
      ['  ·', rrule ?? '(jours ?)', `${start ?? '?'}–${end ?? '?'}`, mode, site ?? '', parity ?? '']
        .join(' ')
        .trimEnd(),
      ...dates
        .filter(({ rule }) => rule === index)
        .map(
          ({ date, state, cause }) => `      ${[sayDate(date, 'fr'), STATES[state], cause ?? ''].join(' ').trimEnd()}`,
        ),
    ]),
  ].join('\n');
}

function readFrom(text: string | undefined, today: PlainDate): PlainDate {
  if (text === undefined) return today;
  const date = parsePlainDate(text);
  if (!date) throw new WrongUsage(`--from ${text}: YYYY-MM-DD`);
  return date;
}

function readCount(text: string | undefined): number {
  if (text === undefined) return 4;
  if (!/^\d{1,4}$/.test(text) || Number(text) > MOST_DATES) throw new WrongUsage(`--count ${text}: 0–${MOST_DATES}`);
  return Number(text);
}

function readZone(text: string | undefined): SchoolZone | null {
  if (text === undefined) return null;
  const zone = SCHOOL_ZONES.find((one) => one === text.toUpperCase());
  if (!zone) throw new WrongUsage(`--zone ${text}: A, B, C`);
  return zone;
}
