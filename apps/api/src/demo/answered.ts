import type { PermanenceReading, RuleBody, RuleRead } from '@app/contract';
import { WEEKDAY_CODES } from '@app/recurrence';
import { isoWeekday, plainDate } from '@app/time';

/** What someone answers, line by line, to what the words of a bulletin leave open; and who sits where. */
export interface LineAnswered {
  /** The first date, of what repeats every n weeks. */
  from?: string | undefined;
  start?: string | undefined;
  end?: string | undefined;
  mode?: RuleBody['mode'] | undefined;
  roomId: string | null;
  workstationId: string | null;
  agentIds: string[];
  seats: number;
  assumption: string;
}

/**
 * The lines of a permanence as its words say them, with what they leave open answered: as on the screen.
 * @throws when a question stays open, or when an answer is given to what the words say
 */
export function answered(reading: PermanenceReading, lines: readonly LineAnswered[]): RuleBody[] {
  const { rules, verdict } = reading;
  if (verdict === 'refused' || rules.length !== lines.length)
    throw new Error(`the words give ${rules.length} lines (${verdict}), ${lines.length} are answered`);
  return rules.map((rule, nth) => lineOf(rule, lines[nth] as LineAnswered));
}

function lineOf(rule: RuleRead, line: LineAnswered): RuleBody {
  const one = <Said>(what: string, said: Said | null, answer: Said | undefined): Said => {
    if ((said === null) === (answer === undefined)) throw new Error(`${what}: ${said ?? answer ?? 'not answered'}`);
    return (said ?? answer) as Said;
  };
  const { rrule, parity, siteId, excluded, onHoliday, schoolHolidays } = rule;
  if (rrule === null || siteId === null) throw new Error(`${rule.said ?? 'days'}, ${rule.site ?? 'site'}: not known`);
  const { roomId, workstationId, agentIds, seats, assumption } = line;
  const from = one('the first date', rule.anchors.length ? null : rule.from, line.from);
  return {
    rrule: onItsDay(rrule, from),
    from,
    start: one('begins', rule.start, line.start),
    end: one('ends', rule.end, line.end),
    mode: one('mode', rule.mode, line.mode),
    ...{ parity, siteId, excluded, onHoliday, schoolHolidays },
    ...{ roomId, workstationId, agentIds, seats, assumption },
  };
}

/** "Toutes les six semaines" falls on the day of its first date. */
function onItsDay(rrule: string, from: string): string {
  if (!rrule.startsWith('FREQ=WEEKLY') || rrule.includes('BYDAY')) return rrule;
  return `${rrule};BYDAY=${WEEKDAY_CODES[isoWeekday(plainDate(from)) - 1]}`;
}
