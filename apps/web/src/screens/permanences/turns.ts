import type { PermanenceDate } from '@app/contract';

/** Whether dates are a rota: not always the same people. */
export function isRota(dates: readonly Pick<PermanenceDate, 'agentIds' | 'state'>[]): boolean {
  const held = dates.filter(({ state, agentIds }) => isOn(state) && agentIds.length > 0);
  return new Set(held.map(({ agentIds }) => agentIds.join())).size > 1;
}

type Turn = Pick<PermanenceDate, 'ruleId' | 'originalStart' | 'start' | 'state' | 'agentIds'>;

/** Whether it is someone's turn, still to come. @param now local, 'YYYY-MM-DDTHH:MM' */
export function mayBeGiven(turn: Turn, now: string): boolean {
  return isOn(turn.state) && turn.ruleId !== null && turn.start > now && turn.agentIds.length > 0;
}

/** Whether these two are turns of different people, both still to come. */
export function mayBeSwapped(one: Turn, other: Turn, now: string): boolean {
  if (!mayBeGiven(one, now) || !mayBeGiven(other, now)) return false;
  const mine = one.agentIds.filter((agent) => !other.agentIds.includes(agent));
  const theirs = other.agentIds.filter((agent) => !one.agentIds.includes(agent));
  return mine.length > 0 && mine.length === theirs.length;
}

const isOn = (state: PermanenceDate['state']): boolean => state === 'held' || state === 'moved';
