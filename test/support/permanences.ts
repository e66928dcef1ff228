import type { Viewer } from '@app/accounts';
import { ConflictList, SettleConflict } from '@app/conflicts';
import { DateChange, PermanenceBody, type PermanenceDate, type Published } from '@app/contract';
import {
  ChangeDate,
  ExtendHorizon,
  PermanenceHistory,
  PermanenceList,
  PreviewPermanence,
  PublishPermanence,
  SwapTurns,
  WritePermanence,
} from '@app/permanences';
import type { Outcome } from '@app/persistence';
import { PlannedSpace } from './planned-space';

export type Given<T> = Partial<T> & Record<string, unknown>;

/** A space in which permanences are written and published as people do it. */
export class PermanenceSpace {
  readonly writing: WritePermanence;
  readonly publishing: PublishPermanence;
  readonly previews: PreviewPermanence;
  readonly changing: ChangeDate;
  readonly swapping: SwapTurns;
  readonly history: PermanenceHistory;
  readonly list: PermanenceList;
  readonly horizon: ExtendHorizon;
  readonly conflicts: ConflictList;
  readonly settling: SettleConflict;
  readonly manager: Viewer;

  private constructor(readonly space: PlannedSpace) {
    const { db } = space;
    this.writing = new WritePermanence(db);
    this.publishing = new PublishPermanence(db);
    this.previews = new PreviewPermanence(db);
    this.changing = new ChangeDate(db);
    this.swapping = new SwapTurns(db);
    this.history = new PermanenceHistory(db);
    this.list = new PermanenceList(db, this.previews);
    this.horizon = new ExtendHorizon(db);
    this.conflicts = new ConflictList(db);
    this.settling = new SettleConflict(db);
    this.manager = space.viewer('manager');
  }

  /** @param now local date and time of the clock, '2027-01-01T07:00' */
  static async open(now: string, options: { poolSize?: number } = {}): Promise<PermanenceSpace> {
    return new PermanenceSpace(await PlannedSpace.open(now, options));
  }

  close(): Promise<void> {
    return this.space.close();
  }

  /** A permanence's body: what is not given is as the form has it. Rules are at the space's site, by appointment. */
  body(partnerId: string, rules: Record<string, unknown>[], more: Record<string, unknown> = {}): PermanenceBody {
    return PermanenceBody.parse({
      partnerId,
      title: 'Permanence',
      publicNote: '',
      ...more,
      rules: rules.map((rule) => ({
        from: '2027-01-01',
        start: '09:00',
        end: '12:00',
        mode: 'appointment',
        siteId: this.space.siteId,
        assumption: '',
        ...rule,
      })),
    });
  }

  async draft(body: PermanenceBody, viewer = this.manager): Promise<string> {
    return value(await this.writing.draft(viewer, null, body)).id;
  }

  async publish(body: PermanenceBody, viewer = this.manager): Promise<Published> {
    return value(await this.publishing.publish(viewer, await this.draft(body, viewer), 1));
  }

  async change(id: string, body: PermanenceBody, viewer = this.manager): Promise<Published> {
    const { version } = await this.read(id, viewer);
    return value(await this.writing.change(viewer, id, { permanence: body, version, dryRun: false }));
  }

  async changeDate(
    id: string,
    originalStart: string,
    change: Record<string, unknown>,
    more: Record<string, unknown> = {},
  ) {
    const { rules } = await this.read(id);
    const asked = DateChange.parse({ ruleId: rules[0]?.id, originalStart, change, ...more });
    return value(await this.changing.change(this.manager, id, asked));
  }

  async read(id: string, viewer = this.manager) {
    const found = await this.list.one(viewer, id);
    if (!found) throw new Error(`permanence ${id} is not there for ${viewer.role}`);
    return found;
  }

  async dates(
    id: string,
    { from, count = 4, viewer = this.manager }: { from?: string; count?: number; viewer?: Viewer } = {},
  ): Promise<PermanenceDate[]> {
    return (await this.list.dates(viewer, id, { from: from as never, count })) ?? [];
  }

  /** The next dates a body would give, as local starts, with what is said of those that are not simply held. */
  async preview(
    body: PermanenceBody,
    { from, count = 4 }: { from?: string; count?: number } = {},
  ): Promise<PermanenceDate[]> {
    return value(await this.previews.preview(this.manager, { permanence: body, from, count })).dates;
  }
}

/** @throws when it is a refusal */
export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.why} ${JSON.stringify(outcome.errors ?? '')}`);
  return outcome.value;
}
