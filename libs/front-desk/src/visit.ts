import type { VisitState } from '@app/contract';

const NEXT: Record<VisitState, readonly VisitState[]> = {
  waiting: ['received', 'done', 'left'],
  received: ['done', 'waiting'],
  // Everything said by mistake can be taken back.
  done: ['received', 'waiting'],
  left: ['waiting'],
};

/** Whether a visit may pass from one state to another. A person received does not leave without being seen. */
export function mayPass(from: VisitState, to: VisitState): boolean {
  return NEXT[from].includes(to);
}
