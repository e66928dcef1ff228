import { describe, expect, it } from '@jest/globals';
import type { LocalDateTime } from '@app/time';
import { type Turn, turnsSwapped } from './turns';

const turn = (id: string, agentIds: string[], state: Turn['state'] = 'held'): Turn => ({
  id,
  ruleId: 'rule',
  originalStart: '2027-03-15T09:00' as LocalDateTime,
  state,
  agentIds,
});

describe('two turns of a rota', () => {
  it('swapped, each agent takes over the other’s day', () => {
    expect(turnsSwapped(turn('monday', ['alice']), turn('tuesday', ['bruno']))).toEqual([
      { occurrenceId: 'monday', from: 'alice', to: 'bruno' },
      { occurrenceId: 'tuesday', from: 'bruno', to: 'alice' },
    ]);
  });

  it('who is on both days stays on both', () => {
    const swapped = turnsSwapped(turn('monday', ['alice', 'chloe']), turn('tuesday', ['bruno', 'chloe']));
    expect(swapped?.flatMap(({ from, to }) => [from, to])).not.toContain('chloe');
  });

  it('are not there for one date twice, the same people, a cancelled date, nobody, or one for two', () => {
    const monday = turn('monday', ['alice']);
    const others = [
      monday,
      turn('other monday', ['alice']),
      turn('tuesday', ['bruno'], 'cancelled'),
      turn('tuesday', []),
      turn('tuesday', ['bruno', 'chloe']),
    ];
    expect(others.map((other) => turnsSwapped(monday, other))).toEqual([null, null, null, null, null]);
  });
});
