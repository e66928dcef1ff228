import type { Happening, Transaction } from '@app/persistence';
import type { LaidOut } from './lay-out.query';
import type { PlannedPermanence } from './permanence';

/** Above this many, boards are told to look again at a whole site. */
const FEW_DAYS = 20;

type Kind =
  | 'permanence.published'
  | 'permanence.changed'
  | 'permanence.stopped'
  | 'permanence.extended'
  | 'permanence.date-changed'
  | 'permanence.turns-swapped'
  | 'occurrence.changed';

interface Done {
  permanence: Pick<PlannedPermanence, 'id' | 'partnerId' | 'confidential'>;
  laidOut: LaidOut;
}

/**
 * Records what was done to a permanence, on which boards it shows, and that conflicts were opened.
 * @param asked ids and codes that say what was asked, for the permanence's history
 */
export async function recordLayout(
  tx: Transaction,
  kind: Kind,
  permanence: PlannedPermanence,
  laidOut: LaidOut,
  asked: Record<string, unknown> = {},
): Promise<void> {
  await tx.record(...happeningsOf(kind, { permanence, laidOut }, asked));
}

/** As `recordLayout`, for many in one statement. */
export async function recordLayouts(tx: Transaction, kind: Kind, done: readonly Done[]): Promise<void> {
  await tx.record(...done.flatMap((one) => happeningsOf(kind, one, {})));
}

function happeningsOf(
  kind: Kind,
  { permanence: { id, partnerId, confidential }, laidOut }: Done,
  asked: Record<string, unknown>,
): Happening[] {
  const { inserted, kept, removed, changed, conflicts, touched } = laidOut;
  const about = { subjectId: id, partnerId, confidential };
  const boards =
    touched.length <= FEW_DAYS
      ? touched
      : [...new Set(touched.map(({ siteId }) => siteId))].map((siteId) => ({ siteId, day: null }));
  const shown = boards.map((board) => ({ ...about, ...board, kind: 'occurrence.changed' }));
  return [
    ...(kind === 'occurrence.changed'
      ? []
      : [{ ...about, kind, detail: { ...asked, inserted, kept, removed, changed, conflicts } }]),
    ...shown,
    ...(conflicts ? [{ ...about, kind: 'conflict.opened', detail: { conflicts } }] : []),
  ];
}
