import type { Transaction } from '@app/persistence';
import type { LaidOut } from './lay-out.query';
import type { PlannedPermanence } from './permanence';

/** Above this many, boards are told to look again at a whole site. */
const FEW_DAYS = 20;

/** Records what was done to a permanence, on which boards it shows, and that conflicts were opened. */
export async function recordLayout(
  tx: Transaction,
  kind:
    | 'permanence.published'
    | 'permanence.changed'
    | 'permanence.stopped'
    | 'permanence.extended'
    | 'permanence.date-changed'
    | 'permanence.turns-swapped'
    | 'occurrence.changed',
  { id, partnerId, confidential }: PlannedPermanence,
  { inserted, kept, removed, changed, conflicts, touched }: LaidOut,
  /** Ids and codes that say what was asked, for the permanence's history. */
  asked: Record<string, unknown> = {},
): Promise<void> {
  const about = { subjectId: id, partnerId, confidential };
  const boards =
    touched.length <= FEW_DAYS
      ? touched
      : [...new Set(touched.map(({ siteId }) => siteId))].map((siteId) => ({ siteId, day: null }));
  const shown = boards.map((board) => ({ ...about, ...board, kind: 'occurrence.changed' }));
  await tx.record(
    ...(kind === 'occurrence.changed'
      ? []
      : [{ ...about, kind, detail: { ...asked, inserted, kept, removed, changed, conflicts } }]),
    ...shown,
    ...(conflicts ? [{ ...about, kind: 'conflict.opened', detail: { conflicts } }] : []),
  );
}
