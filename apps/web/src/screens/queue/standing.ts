import type { Visit } from '@app/contract';

/** Where someone in a queue stands: only whoever waits for a date under way can be next. */
export type Standing = 'received' | 'not-yet' | 'next' | 'over' | 'not-held';

export function standing({ state, receives }: Pick<Visit, 'state' | 'receives'>, now: string): Standing {
  if (state !== 'waiting') return 'received';
  if (!receives) return 'not-yet';
  if (!receives.isHeld) return 'not-held';
  if (now >= receives.end) return 'over';
  return now < receives.start ? 'not-yet' : 'next';
}

/** Where another moment is found for whoever waited in vain: for what she came for, and for her when she is known. */
export function otherMoment({ motifId, usagerId }: Pick<Visit, 'motifId' | 'usagerId'>): string {
  const known = { ...(motifId && { motif: motifId }), ...(usagerId && { usager: usagerId }) };
  return ['/creneaux', new URLSearchParams(known).toString()].filter(Boolean).join('?');
}
