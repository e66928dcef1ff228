import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { PermanenceBody, PermanenceChange, Published } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { ensureResources } from '@app/rooms';
import { dateAt, localDateTime, type PlainDate, plainTime } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { canonical } from './canonical';
import { carryOut } from './carry-out.query';
import { checkChoices, exceptionsOf } from './choices';
import { fromDateOn, type SplitRules } from './from-date-on';
import { recordLayout } from './happenings.query';
import { layOutPermanence } from './lay-out.query';
import { saidOf } from './history';
import type { Place, PlannedPermanence, PlannedRule } from './permanence';
import { lockPermanence, readPartner, readPermanences, readPlace } from './permanence.query';
import { needsApproval, propose } from './proposals.query';
import { onlyAsked } from './publish-permanence.service';
import { invalid, refusalToWrite } from './rights';
import { checkRules } from './rule-check';
import { lockDates } from './stored-dates.query';
import { saveChoices } from './write-choices.query';
import { insertPermanence, updatePermanence } from './write-rules.query';

export type WriteRefusal = 'not-found' | 'not-yours' | 'invalid' | 'version';
export type ChangeRefusal = WriteRefusal | 'not-as-shown';

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
      await saveChoices(tx, id, exceptionsOf(body.choices, rules), { anew: true });
      await tx.record({ kind: 'permanence.drafted', subjectId: id, partnerId: body.partnerId, confidential });
      return done({ id });
    });
  }

  /**
   * Says a permanence anew, wholly or from a day on (today at the earliest): then earlier dates stay as they are.
   * `version` is the one that was read: a change made in between is not overwritten.
   */
  async change(viewer: Viewer, id: string, asked: PermanenceChange): Promise<Outcome<Published, ChangeRefusal>> {
    return this.database.command<Published, ChangeRefusal>(contextOf(viewer), (tx) =>
      this.changeIn(tx, viewer, id, asked),
    );
  }

  /** As `change`, within a transaction. */
  async changeIn(
    tx: Transaction,
    viewer: Viewer,
    id: string,
    asked: PermanenceChange,
  ): Promise<Outcome<Published, ChangeRefusal>> {
    const { permanence: body, version } = asked;
    const before = await lockPermanence(tx, id);
    if (!before) return refuse('not-found');
    if (before.version !== version) return refuse('version');
    if (body.partnerId !== before.partnerId) return refuse('not-yours');
    const checked = await this.check(tx, viewer, body, new Set(before.rules.map((rule) => rule.id)));
    if (!checked.ok) return checked;
    const { rules, confidential, place } = checked.value;
    const split = this.splitOf(tx, before, rules, place, asked.from as PlainDate | undefined);
    if (split.empty.length) return invalid(split.empty.map((line) => neverFrom(line, viewer.language)));
    const decides = body.choices.length > 0 || (before.state === 'draft' && before.exceptions.length > 0);
    const saysNew = decides || !saysTheSame(before, body, split.rules, confidential);
    const write = async (): Promise<PlannedPermanence> => {
      if (!saysNew) return before;
      await updatePermanence(tx, id, body, split.rules, confidential);
      await handOver(tx, before, split, place);
      await saveChoices(tx, id, exceptionsOf(body.choices, linesAfter(rules, split)), {
        anew: before.state === 'draft',
      });
      const [after] = await readPermanences(tx, { id });
      return after as PlannedPermanence;
    };
    if (before.state !== 'published')
      return asked.dryRun ? this.unpublished(before) : this.rewritten(tx, await write());
    if (saysNew && !asked.dryRun && (await needsApproval(tx, viewer, before))) {
      const { dryRun: _shown, seen: _seen, ...change } = asked;
      await propose(tx, before, { kind: 'change', asked: change });
      return done(onlyAsked(before));
    }
    const carried = await carryOut(tx, before, place, asked, async () => layOutPermanence(tx, await write(), place));
    if (!carried.ok) return carried;
    const { laidOut, consequences } = carried.value;
    const after = { ...before, confidential, version: before.version + (saysNew && !asked.dryRun ? 1 : 0) };
    if (!asked.dryRun) {
      const from = asked.from ? { from: asked.from } : {};
      const said = { before: saidOf(before, before.rules), after: saidOf(body, split.rules) };
      await recordLayout(tx, 'permanence.changed', after, laidOut, { ...from, ...said });
    }
    const { inserted, kept, removed, conflicts } = laidOut;
    return done({ id, version: after.version, inserted, kept, removed, conflicts, consequences });
  }

  private splitOf(
    tx: Transaction,
    before: PlannedPermanence,
    rules: PlannedRule[],
    place: Place,
    from: PlainDate | undefined,
  ): SplitRules {
    // A draft has no date to keep: it is simply written anew.
    if (!from || before.state !== 'published') return { rules, handedOver: [], day: null, empty: [] };
    const today = dateAt(tx.now, place.zone);
    return fromDateOn(before.rules, rules, { day: from > today ? from : today, today, newId: randomUUID });
  }

  private async rewritten(tx: Transaction, permanence: PlannedPermanence): Promise<Outcome<Published, never>> {
    const { id, partnerId, confidential } = permanence;
    await tx.record({ kind: 'permanence.changed', subjectId: id, partnerId, confidential });
    return this.unpublished(permanence);
  }

  /** What is not published has no dates. */
  private unpublished({ id, version }: PlannedPermanence): Outcome<Published, never> {
    return done({ id, version, inserted: 0, kept: 0, removed: 0, conflicts: 0 });
  }

  private async check(
    tx: Transaction,
    viewer: Viewer,
    body: PermanenceBody,
    known: ReadonlySet<string>,
  ): Promise<Outcome<Checked, WriteRefusal>> {
    const partner = await readPartner(tx, body.partnerId, body.invitedPartnerIds);
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
    if (!checked.ok) return invalid(checked.errors);
    const wrong = checkChoices(body.choices, checked.rules, place, viewer.language);
    return wrong.length ? invalid(wrong) : done({ rules: checked.rules, confidential, place });
  }
}

/** The lines as they were written, each with the rule that holds its dates from now on. */
function linesAfter(rules: readonly PlannedRule[], { handedOver, rules: after }: SplitRules): PlannedRule[] {
  const ids = new Map(handedOver.map(({ from, to }) => [from, to]));
  return rules.map((rule) => after.find(({ id }) => id === (ids.get(rule.id) ?? rule.id)) ?? rule);
}

/** Gives the dates from the day on to the rules that begin then, with whoever is booked on them. */
async function handOver(
  tx: Transaction,
  { id, rules }: PlannedPermanence,
  { handedOver, day }: SplitRules,
  place: Place,
) {
  if (!handedOver.length || !day) return;
  // Nobody books on a date that changes hands; places that were given are there on the other side.
  await lockDates(tx, id, localDateTime(dateAt(tx.now, place.zone), plainTime('00:00')));
  const seats = new Map(rules.map((rule) => [rule.id, rule.seats]));
  await ensureResources(
    tx,
    handedOver.map(({ from, to }) => ({ kind: 'seat', ownerId: to, count: seats.get(from) ?? 1 })),
  );
  for (const { from, to } of handedOver) {
    await tx.query('select hand_over_given_seats($1, $2, $3)', [from, to, day]);
    await tx.query('select hand_over_dates($1, $2, $3)', [from, to, day]);
  }
}

function neverFrom(line: number, language: Viewer['language']) {
  return {
    at: `rules.${line}.rrule`,
    message:
      language === 'fr'
        ? 'Cette règle ne donne aucune date à partir de ce jour.'
        : 'This rule gives no date from that day on.',
  };
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
      | 'title'
      | 'visibility'
      | 'onHoliday'
      | 'onClosure'
      | 'schoolHolidays'
      | 'publicNote'
      | 'motifIds'
      | 'invitedPartnerIds'
    >,
    lines: readonly PlannedRule[],
  ) =>
    canonical([
      permanence.title,
      permanence.visibility,
      permanence.onHoliday,
      permanence.onClosure,
      permanence.schoolHolidays,
      permanence.publicNote,
      [...new Set(permanence.motifIds)].sort(),
      [...new Set(permanence.invitedPartnerIds)].sort(),
      lines,
    ]);
  return before.confidential === confidential && said(before, before.rules) === said(body, rules);
}
