import type { DateChoice } from '@app/contract';
import { dateOf, type LocalDateTime, localDateTime, parsePlainDate, type PlainDate } from '@app/time';
import type { DateException, Place, PlannedRule } from './permanence';
import type { FieldError, Language } from './rule-check';

type Line = Pick<PlannedRule, 'id' | 'startTime' | 'siteId'>;

const WORDS = {
  rule: { fr: 'Cette ligne n’existe pas.', en: 'This line does not exist.' },
  date: { fr: 'Cette date n’existe pas.', en: 'This date does not exist.' },
  room: {
    fr: 'Ce bureau n’est pas de ce lieu, ou n’est plus utilisé.',
    en: 'This room is not of this site, or is no longer used.',
  },
} as const;

/** What is wrong with what was decided of dates, field by field. */
export function checkChoices(
  choices: readonly DateChoice[],
  rules: readonly Line[],
  { rooms }: Place,
  language: Language,
): FieldError[] {
  return choices.flatMap(({ rule, originalStart, choice }, nth): FieldError[] => {
    const at = `choices.${nth}`;
    const line = rules[rule];
    if (!line) return [{ at: `${at}.rule`, message: WORDS.rule[language] }];
    if (!parsePlainDate(originalStart.slice(0, 10)))
      return [{ at: `${at}.originalStart`, message: WORDS.date[language] }];
    if (choice.kind === 'move' && !parsePlainDate(choice.date))
      return [{ at: `${at}.choice.date`, message: WORDS.date[language] }];
    if (choice.kind !== 'room') return [];
    const room = rooms.get(choice.roomId);
    const isThere = room && !room.retired && room.siteId === line.siteId;
    return isThere ? [] : [{ at: `${at}.choice.roomId`, message: WORDS.room[language] }];
  });
}

/** What was decided of dates, as exceptions to the rules: on the day the rule puts them, whenever it begins. */
export function exceptionsOf(choices: readonly DateChoice[], rules: readonly Line[]): DateException[] {
  return choices.flatMap(({ rule, originalStart, choice }) => {
    const line = rules[rule];
    if (!line) return [];
    return {
      ruleId: line.id,
      originalStart: localDateTime(dateOf(originalStart as LocalDateTime), line.startTime),
      kind: choice.kind === 'skip' ? 'cancelled' : 'changed',
      date: choice.kind === 'move' ? (choice.date as PlainDate) : null,
      start: null,
      end: null,
      roomId: choice.kind === 'room' ? choice.roomId : null,
      agentIds: null,
      mode: null,
      withoutRoom: choice.kind === 'without-room',
      cause: '',
    };
  });
}

/** The exceptions of a draft, as they were chosen. */
export function choicesOf(exceptions: readonly DateException[], rules: readonly { id: string }[]): DateChoice[] {
  return exceptions.flatMap(({ ruleId, originalStart, ...exception }) => {
    const rule = rules.findIndex(({ id }) => id === ruleId);
    const choice = choiceOf(exception);
    return rule >= 0 && choice ? [{ rule, originalStart, choice }] : [];
  });
}

function choiceOf({
  kind,
  date,
  roomId,
  withoutRoom,
}: Pick<DateException, 'kind' | 'date' | 'roomId' | 'withoutRoom'>): DateChoice['choice'] | null {
  if (kind === 'cancelled') return { kind: 'skip' };
  if (withoutRoom) return { kind: 'without-room' };
  if (date) return { kind: 'move', date };
  return roomId ? { kind: 'room', roomId } : null;
}

/** These exceptions, with those of the same dates replaced by others. */
export function replaced(exceptions: readonly DateException[], by: readonly DateException[]): DateException[] {
  const key = ({ ruleId, originalStart }: DateException) => `${ruleId} ${originalStart}`;
  const keys = new Set(by.map(key));
  return [...exceptions.filter((one) => !keys.has(key(one))), ...by];
}
