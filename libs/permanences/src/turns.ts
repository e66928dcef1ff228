import type { WantedDate } from './permanence';

/** A date of a rota, and whose turn it is. */
export interface Turn extends Pick<WantedDate, 'ruleId' | 'originalStart' | 'state' | 'agentIds'> {
  id: string;
}

/** On this date, whoever one agent was to receive is received by the other. */
export interface Handover {
  occurrenceId: string;
  from: string;
  to: string;
}

/**
 * Who takes over from whom when two dates swap their agents; those who are on both stay. Null when there is nothing to swap: one date
 * twice, a date that is not held, nobody's turn, the same agents.
 */
export function turnsSwapped(one: Turn, other: Turn): Handover[] | null {
  if (one.id === other.id || one.state !== 'held' || other.state !== 'held') return null;
  const mine = one.agentIds.filter((agent) => !other.agentIds.includes(agent));
  const theirs = other.agentIds.filter((agent) => !one.agentIds.includes(agent));
  if (!mine.length || mine.length !== theirs.length) return null;
  return mine.flatMap((agent, nth) => {
    const replaced = theirs[nth] as string;
    return [
      { occurrenceId: one.id, from: agent, to: replaced },
      { occurrenceId: other.id, from: replaced, to: agent },
    ];
  });
}

/** On a date that is given to others: whoever leaves it hands over to whoever comes. Those who are replaced by nobody do not. */
export function turnsTaken(occurrenceId: string, before: readonly string[], after: readonly string[]): Handover[] {
  const come = after.filter((agent) => !before.includes(agent));
  return before
    .filter((agent) => !after.includes(agent))
    .flatMap((from) => come.map((to) => ({ occurrenceId, from, to })));
}
