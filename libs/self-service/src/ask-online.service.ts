import { randomUUID } from 'node:crypto';
import { Attempts } from '@app/accounts';
import { holdSlot } from '@app/booking';
import { Database, done, type Outcome, refuse, systemContext, type Transaction } from '@app/persistence';
import { addMinutes, type Instant, type Language } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { answerTo, type Asked, bookRequest, slotGone } from './book-request.query';
import type { FormState } from './form-state';
import { CODE_MINUTES, codeHash, newCode } from './online-code';
import { OnlineForms } from './online-forms.service';
import { mayAskFor, mayAskFrom, mayTakeMore, oneAtATime, phoneKeyOf } from './online-limits.query';
import { isForEveryone } from './online-motifs.query';
import { OnlineOffer } from './online-offer.service';
import { answerAnew, giveBack, saveRequest, startOf, takenHere } from './online-request.query';
import { SendCode } from './send-code.service';
import type { KnownPerson } from './typed-person';
import { type PublicSpace, visitorOf } from './visitor';

/** 'taken-here': by this browser, for another name or number. 'by-phone-only': this cannot be booked here, and why is nobody's business. */
export type AskRefusal = 'slot-gone' | 'taken-here' | 'by-phone-only' | 'too-many-tries' | 'sms-failed';

/** Who asks for what, and what the same asked again is known by. */
interface Wish {
  space: PublicSpace;
  language: Language;
  form: FormState;
  person: KnownPerson;
  answerKey: string;
}

/** An appointment taken on the public page: by anyone, without an account, for the motifs that allow it. */
@Injectable()
export class AskOnline {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OnlineOffer) private readonly offer: OnlineOffer,
    @Inject(OnlineForms) private readonly forms: OnlineForms,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(SendCode) private readonly codes: SendCode,
  ) {}

  /** Books the slot of a form, or holds it until its code comes back. The same sent twice is answered twice and done once. */
  async ask(
    { space, language, address }: { space: PublicSpace; language: Language; address: string },
    form: FormState,
    person: KnownPerson,
  ): Promise<Outcome<Asked, AskRefusal>> {
    if (!(await mayAskFrom(this.attempts, address))) return refuse('too-many-tries');
    if (!(await mayAskFor(this.attempts, phoneKeyOf(space.id, person.phone)))) return refuse('too-many-tries');
    const wish = { space, language, form, person, answerKey: await this.forms.answerKey(form, person) };
    const known = await this.answered(wish);
    if (known) return known;
    const asked = await this.takeOffered(wish);
    if (asked.ok || asked.why !== 'slot-gone') return asked;
    // Its twin was faster, and took the slot for her.
    const twin = await this.answered(wish);
    if (twin) return twin;
    if (await giveBack(this.database, space, form)) return this.takeOffered(wish);
    return (await takenHere(this.database, space, form))?.booked ? refuse('taken-here') : asked;
  }

  private async takeOffered(wish: Wish): Promise<Outcome<Asked, AskRefusal>> {
    const { space, form } = wish;
    const motif = await this.offer.motif(space, form.motifId);
    const slot = motif && (await this.offer.slot(space, form));
    return slot ? this.take(wish, motif.byCode) : refuse('slot-gone');
  }

  private async take(wish: Wish, byCode: boolean): Promise<Outcome<Asked, AskRefusal>> {
    const { space, language, person } = wish;
    const code = byCode ? newCode() : null;
    const id = randomUUID();
    let isTwin = false;
    const outcome = await this.database
      .command<Asked, AskRefusal>(systemContext(space.id), async (tx) => {
        await oneAtATime(tx, phoneKeyOf(space.id, person.phone));
        const known = await answerTo(tx, wish.answerKey);
        isTwin = known !== null;
        return known ?? takeSlot(tx, wish, id, code);
      })
      .catch(slotGone);
    if (!outcome.ok || !code || isTwin) return outcome;
    return (await this.codes.send(space, language, { id, phone: person.phone, code })) ? outcome : refuse('sms-failed');
  }

  /** What the same, sent before, led to; null when it was not, or nothing is left of it. */
  private answered({ space, answerKey }: Wish): Promise<Outcome<Asked, never> | null> {
    return this.database.within(systemContext(space.id), (tx) => answerTo(tx, answerKey));
  }
}

/** Kept until the code comes back, or booked where none is asked for. */
async function takeSlot(
  tx: Transaction,
  { space, language, form, person, answerKey }: Wish,
  id: string,
  code: string | null,
): Promise<Outcome<Asked, AskRefusal>> {
  const { motifId, occurrenceId } = form;
  const phoneKey = phoneKeyOf(space.id, person.phone);
  await answerAnew(tx, answerKey);
  if (!(await isForEveryone(tx, motifId, occurrenceId))) return refuse('slot-gone');
  if (!(await mayTakeMore(tx, phoneKey, motifId))) return refuse('by-phone-only');
  const expiresAt = addMinutes(tx.now, CODE_MINUTES);
  const start = startOf(form, space.zone);
  const holdId = code && (await hold(tx, space, { occurrenceId, motifId, start, expiresAt }));
  if (code && !holdId) return refuse('slot-gone');
  await saveRequest(tx, {
    ...{ id, form, answerKey, phoneKey, person, start, holdId, expiresAt },
    codeHash: code === null ? null : codeHash(id, code),
  });
  if (code) return done({ is: 'code', key: answerKey });
  const booked = await bookRequest(tx, visitorOf(space, language), id);
  return booked.ok ? done({ is: 'booked', link: booked.value.link }) : booked;
}

async function hold(
  tx: Transaction,
  { zone }: PublicSpace,
  wanted: { occurrenceId: string; motifId: string; start: Instant; expiresAt: Instant },
): Promise<string | null> {
  const held = await holdSlot(tx, zone, { ...wanted, agentId: null });
  return held.ok ? held.value.id : null;
}
