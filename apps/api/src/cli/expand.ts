import { expandToInstants, parseRule, prepareSeries } from '@app/recurrence';
import { HOME_ZONE, instantToIso, isZone, type LocalDateTime, parseLocalDateTime } from '@app/time';
import { linesOf, objectOf, printJson, readWords, WrongUsage } from './usage';

type Expanded = { instants: string[] } | { error: { rule: string; text: string } };

/** The instants of each series of a file, or why it is refused. */
export function expand(words: readonly string[]): number {
  const { values, positionals } = readWords(words, { file: { type: 'string' } });
  if (values.file === undefined || positionals.length > 0) throw new WrongUsage('');
  for (const line of linesOf(values.file)) printJson(expandLine(line));
  return 0;
}

function expandLine(line: string): Expanded {
  const input = objectOf(line);
  if (!input) return refused('not-json', 'La ligne n’est pas un objet JSON');
  const zone = input.tz ?? HOME_ZONE;
  if (typeof zone !== 'string' || !isZone(zone)) return refused('unknown-zone', `Fuseau inconnu : ${said(zone)}`);
  if (typeof input.rrule !== 'string') return refused('not-a-rule', 'La règle (rrule) manque');
  const parsed = parseRule(input.rrule, zone);
  if (!parsed.ok) return refused(parsed.why, parsed.text);
  const dtstart = localTime(input.dtstart);
  if (!dtstart) return refused('not-a-time', `Début illisible : ${said(input.dtstart)}`);
  const exdates = localTimes(input.exdates);
  const rdates = localTimes(input.rdates);
  if (!exdates || !rdates) return refused('not-a-time', 'Une date exclue ou ajoutée est illisible');
  const from = localTime(input.from ?? input.dtstart);
  const to = localTime(input.to);
  if (!from || !to) return refused('not-a-window', `Fenêtre illisible : ${said(input.from)} – ${said(input.to)}`);
  const prepared = prepareSeries({ rule: parsed.rule, dtstart, exdates, rdates, zone });
  if (!prepared.ok) return refused(prepared.why, prepared.text);
  return { instants: expandToInstants(prepared.series, zone, { from, to }).map(instantToIso) };
}

/** A date alone is its midnight. */
function localTime(value: unknown): LocalDateTime | null {
  if (typeof value !== 'string') return null;
  return parseLocalDateTime(value.length === 10 ? `${value}T00:00` : value);
}

function localTimes(value: unknown): LocalDateTime[] | null {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return null;
  const times = value.map(localTime).filter((time) => time !== null);
  return times.length === value.length ? times : null;
}

function refused(rule: string, text: string): Expanded {
  return { error: { rule, text } };
}

function said(value: unknown): string {
  return String(JSON.stringify(value) ?? 'rien').slice(0, 60);
}
