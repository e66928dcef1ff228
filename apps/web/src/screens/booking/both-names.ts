import type { Names } from '../../api/names';

interface Received {
  agentId: string | null;
  secondAgentId: string | null;
}

/** Who receives: one agent, or the two of an interview; empty when nobody is named. */
export function bothNames(names: Pick<Names, 'agent'>, { agentId, secondAgentId }: Received): string {
  return [agentId, secondAgentId]
    .map((id) => names.agent(id)?.name)
    .filter(Boolean)
    .join(', ');
}
