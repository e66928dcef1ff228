import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { PermanenceBody, Published } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { Inject, Injectable } from '@nestjs/common';
import { recordLayout } from './happenings.query';
import { layOutPermanence } from './lay-out.query';
import type { Place, PlannedPermanence, PlannedRule } from './permanence';
import { lockPermanence, readPartner, readPermanences, readPlace } from './permanence.query';
import { invalid, refusalToWrite } from './rights';
import { checkRules } from './rule-check';
import { insertPermanence, updatePermanence } from './write-rules.query';

export type WriteRefusal = 'not-found' | 'not-yours' | 'invalid' | 'version';

/** A permanence that may be written: its rules checked, and whether it is confidential (by itself or by its partner). */
interface Checked {
  rules: PlannedRule[];
  confidential: boolean;
  place: Place;
}

/** Writes a permanence: first as a draft that only its partner and the desk see; changes to a published one are laid out at once. */
@Injectable()
export class WritePermanence {
  constructor(@Inject(Database) private readonly database: Database) {}

  async draft(
    viewer: Viewer,
    once: Once | null,
    body: PermanenceBody,
  ): Promise<Outcome<{ id: string }, WriteRefusal | 'key-reused'>> {
    return this.database.once<{ id: string }, WriteRefusal>(contextOf(viewer), once, async (tx) => {
      const checked = await this.check(tx, viewer, body, new Set());
      if (!checked.ok) return checked;
      const { rules, confidential } = checked.value;
      const id = await insertPermanence(tx, body, rules, confidential);
      await tx.record({ kind: 'permanence.drafted', subjectId: id, partnerId: body.partnerId, confidential });
      return done({ id });
    });
  }

  /** @param version the one that was read: a change made in between is not overwritten (`version`). */
  async change(
    viewer: Viewer,
    id: string,
    body: PermanenceBody,
    version: number,
  ): Promise<Outcome<Published, WriteRefusal>> {
    return this.database.command<Published, WriteRefusal>(contextOf(viewer), async (tx) => {
      const before = await lockPermanence(tx, id);
      if (!before) return refuse('not-found');
      if (before.version !== version) return refuse('version');
      if (body.partnerId !== before.partnerId) return refuse('not-yours');
      const checked = await this.check(tx, viewer, body, new Set(before.rules.map((rule) => rule.id)));
      if (!checked.ok) return checked;
      const { rules, confidential, place } = checked.value;
      if (saysTheSame(before, body, rules, confidential)) return this.laidOut(tx, before, place);
      await updatePermanence(tx, id, body, rules, confidential);
      const [after] = await readPermanences(tx, { id });
      return this.laidOut(tx, after as PlannedPermanence, place);
    });
  }

  private async laidOut(
    tx: Transaction,
    permanence: PlannedPermanence,
    place: Place,
  ): Promise<Outcome<Published, never>> {
    const { id, version } = permanence;
    if (permanence.state !== 'published') {
      const { partnerId, confidential } = permanence;
      await tx.record({ kind: 'permanence.changed', subjectId: id, partnerId, confidential });
      return done({ id, version, inserted: 0, kept: 0, removed: 0, conflicts: 0 });
    }
    const laidOut = await layOutPermanence(tx, permanence, place);
    await recordLayout(tx, 'permanence.changed', permanence, laidOut);
    const { inserted, kept, removed, conflicts } = laidOut;
    return done({ id, version, inserted, kept, removed, conflicts });
  }

  private async check(
    tx: Transaction,
    viewer: Viewer,
    body: PermanenceBody,
    known: ReadonlySet<string>,
  ): Promise<Outcome<Checked, WriteRefusal>> {
    const partner = await readPartner(tx, body.partnerId);
    if (!partner || partner.retired) {
      const message =
        viewer.language === 'fr'
          ? 'Ce partenaire n’existe pas ou n’est plus là.'
          : 'This partner does not exist or has left.';
      return invalid([{ at: 'partnerId', message }]);
    }
    const confidential = body.confidential || partner.confidential;
    const refusal = refusalToWrite(tx.context, body.partnerId, confidential, viewer.language);
    if (refusal) return refusal;
    const place = await readPlace(tx);
    const checked = checkRules(body, place, partner, known, viewer.language, randomUUID);
    return checked.ok ? done({ rules: checked.rules, confidential, place }) : invalid(checked.errors);
  }
}

/** Saying again what is already written changes nothing, not even the version. */
function saysTheSame(
  before: PlannedPermanence,
  body: PermanenceBody,
  rules: readonly PlannedRule[],
  confidential: boolean,
): boolean {
  const said = (
    permanence: Pick<
      PermanenceBody,
      'title' | 'visibility' | 'onHoliday' | 'onClosure' | 'schoolHolidays' | 'publicNote' | 'motifIds'
    >,
    lines: readonly PlannedRule[],
  ) =>
    JSON.stringify([
      permanence.title,
      permanence.visibility,
      permanence.onHoliday,
      permanence.onClosure,
      permanence.schoolHolidays,
      permanence.publicNote,
      [...new Set(permanence.motifIds)].sort(),
      lines.map((rule) => Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1))),
    ]);
  return before.confidential === confidential && said(before, before.rules) === said(body, rules);
}
