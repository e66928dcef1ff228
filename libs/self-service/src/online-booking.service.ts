import { randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { Attempts, attemptKey, hashOf, type Viewer } from '@app/accounts';
import { bookSlot, FindSlots, holdSlot, letGoOf, newAppointmentLink } from '@app/booking';
import { type BookBody, SlotsQuery, UsagerBody } from '@app/contract';
import {
  Database,
  done,
  isClaimTaken,
  type Outcome,
  publicContext,
  refuse,
  systemContext,
  type Transaction,
} from '@app/persistence';
import { SMS_GATEWAY, type SmsGateway } from '@app/reminders';
import {
  addMinutes,
  type Instant,
  instantToIso,
  type Language,
  type LocalDateTime,
  parseLocalDateTime,
  type PlainDate,
  toInstant,
  toLocal,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { answerKey, type FormState, openBrowser, openForm, sealBrowser, sealForm } from './form-state';
import { isForEveryone, type OnlineMotif, onlineMotif, onlineMotifs } from './online-motifs.query';
import { daysOf, type OfferedDay, SLOTS_A_DAY, SLOTS_A_PAGE } from './online-slots';
import type { KnownPerson } from './typed-person';
import { type PublicSpace, visitorOf } from './visitor';

const CODE_MINUTES = 10;
const CODE_TRIES = 5;
/** Of one motif, to come: for oneself and for somebody at home. */
const MOST_PER_PHONE = 2;
/** Within a quarter of an hour: a whole site may share an address, nobody asks that often from one phone. */
const FORMS_PER_ADDRESS = 40;
const FORMS_PER_PHONE = 6;
const HORIZON_DAYS = 366;

/** Booked, with the secret of its link; or held, under a key, until the code of an SMS comes back. */
export type Asked = { is: 'booked'; link: string } | { is: 'code'; key: string };
/** 'taken-here': by this browser, for another name or number. 'by-phone-only': this cannot be booked here, and why is nobody's business. */
export type AskRefusal = 'slot-gone' | 'taken-here' | 'by-phone-only' | 'too-many-tries' | 'sms-failed';
export type ConfirmRefusal = 'wrong-code' | 'code-over' | 'slot-gone' | 'too-many-tries';

/** A form that came back with a person in it. */
interface SentForm extends FormState {
  /** Of what it asks for, and for whom. */
  answer: string;
}

interface Request {
  id: string;
  motif_id: string;
  occurrence_id: string;
  starts_at: Instant;
  first_name: string;
  last_name: string;
  phone: string;
  hold_id: string | null;
  code_hash: Buffer | null;
  sms_id: string | null;
  expires_at: Instant;
  appointment_id: string | null;
}
const COLUMNS =
  'id, motif_id, occurrence_id, starts_at, first_name, last_name, phone, hold_id, code_hash, sms_id, expires_at, appointment_id';

/** An appointment taken on the public page: by anyone, without an account, for the motifs that allow it. */
@Injectable()
export class OnlineBooking {
  private secret: Promise<Buffer> | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FindSlots) private readonly slots: FindSlots,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(SMS_GATEWAY) private readonly gateway: SmsGateway,
  ) {}

  /** What may be booked, the best answers to the words first; everything without words. */
  motifs(space: PublicSpace, words: string): Promise<OnlineMotif[]> {
    return this.database.within(publicContext(space.id), (tx) => onlineMotifs(tx, words));
  }

  motif(space: PublicSpace, motifId: string): Promise<OnlineMotif | null> {
    return this.database.within(publicContext(space.id), (tx) => onlineMotif(tx, motifId));
  }

  /** A few hours of each day from a day on, or all those of one day. */
  async days(
    space: PublicSpace,
    motifId: string,
    { from, day }: { from: PlainDate | null; day: PlainDate | null },
  ): Promise<{ days: OfferedDay[]; next: PlainDate | null }> {
    const first = day ?? from;
    const asked = {
      motif: motifId,
      audience: 'public' as const,
      from: first ? (`${first}T00:00` as LocalDateTime) : undefined,
      ...(day ? { days: 1, perDay: 50, limit: 50 } : { days: HORIZON_DAYS, perDay: SLOTS_A_DAY, limit: SLOTS_A_PAGE }),
    };
    const found = await this.slots.forMotif(visitorOf(space, 'fr'), SlotsQuery.parse(asked));
    return found.ok ? daysOf(found.value, day ? Number.POSITIVE_INFINITY : undefined) : { days: [], next: null };
  }

  /**
   * A form for a slot that is offered now, or that its browser has already, signed; null when it is neither. `browser`:
   * what its browser kept of the form before, and is to keep.
   */
  async form(
    space: PublicSpace,
    wanted: Omit<FormState, 'key' | 'givenAt'>,
    browser: string,
  ): Promise<{ siteId: string; sealed: string; browser: string } | null> {
    const [secret, givenAt] = [await this.formSecret(), this.database.now()];
    const known = openBrowser(browser, secret, givenAt);
    const { motifId, occurrenceId, start } = wanted;
    const key = known?.key ?? randomBytes(16).toString('base64url');
    const form = { key, motifId, occurrenceId, start, givenAt };
    const slot = (await this.offered(space, wanted)) ?? (known && (await this.takenHere(space, form)));
    if (!slot) return null;
    const sealed = sealForm(form, secret);
    return { siteId: slot.siteId, sealed, browser: known ? browser : sealBrowser({ key, givenAt }, secret) };
  }

  /** What a form that comes back is about; null when it is none of ours, or too old. */
  async read(sealed: string): Promise<FormState | null> {
    return openForm(sealed, await this.formSecret(), this.database.now());
  }

  /** Books the slot of a form, or holds it until its code comes back. The same sent twice is answered twice and done once. */
  async ask(
    { space, language, address }: { space: PublicSpace; language: Language; address: string },
    form: FormState,
    person: KnownPerson,
  ): Promise<Outcome<Asked, AskRefusal>> {
    const phoneKey = attemptKey('online-phone', space.id, person.phone);
    if (!(await this.attempts.mayTry(attemptKey('online', address), FORMS_PER_ADDRESS)))
      return refuse('too-many-tries');
    if (!(await this.attempts.mayTry(phoneKey, FORMS_PER_PHONE))) return refuse('too-many-tries');
    const key = answerKey(form, person, await this.formSecret());
    const known = await this.answered(space, key);
    if (known) return known;
    const asked = await this.takeOffered({ space, language }, { ...form, answer: key }, person);
    if (asked.ok || asked.why !== 'slot-gone') return asked;
    // Its twin was faster, and took the slot for her.
    const twin = await this.answered(space, key);
    if (twin) return twin;
    if (await this.giveBack(space, form))
      return this.takeOffered({ space, language }, { ...form, answer: key }, person);
    return (await this.takenHere(space, form))?.booked ? refuse('taken-here') : asked;
  }

  private async takeOffered(
    { space, language }: { space: PublicSpace; language: Language },
    form: SentForm,
    person: KnownPerson,
  ): Promise<Outcome<Asked, AskRefusal>> {
    const motif = await this.motif(space, form.motifId);
    const slot = motif && (await this.offered(space, form));
    return slot ? this.take({ space, language }, form, person, motif.byCode) : refuse('slot-gone');
  }

  private async take(
    { space, language }: { space: PublicSpace; language: Language },
    form: SentForm,
    person: KnownPerson,
    byCode: boolean,
  ): Promise<Outcome<Asked, AskRefusal>> {
    const phoneKey = attemptKey('online-phone', space.id, person.phone);
    const code = byCode ? newCode() : null;
    const id = randomUUID();
    let isTwin = false;
    const outcome = await this.database
      .command<Asked, AskRefusal>(systemContext(space.id), async (tx) => {
        await oneAtATime(tx, phoneKey);
        const known = await answerTo(tx, form.answer);
        isTwin = known !== null;
        if (known) return known;
        await answerAnew(tx, form.answer);
        if (!(await isForEveryone(tx, form.motifId, form.occurrenceId))) return refuse('slot-gone');
        if (!(await mayTakeMore(tx, phoneKey, form.motifId))) return refuse('by-phone-only');
        const expiresAt = addMinutes(tx.now, CODE_MINUTES);
        const start = startOf(form, space.zone);
        let holdId: string | null = null;
        if (code) {
          const wanted = { occurrenceId: form.occurrenceId, motifId: form.motifId, start, agentId: null, expiresAt };
          const held = await holdSlot(tx, space.zone, wanted);
          if (!held.ok) return refuse('slot-gone');
          holdId = held.value.id;
        }
        await tx.query(
          `insert into online_request (space_id, id, key_hash, phone_hash, partner_id, motif_id, occurrence_id, starts_at,
             first_name, last_name, phone, hold_id, code_hash, created_at, expires_at, browser_hash)
           select $1, $2, $3, $4, m.partner_id, m.id, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
           from motif m where m.space_id = $1 and m.id = $5`,
          [
            space.id,
            id,
            hashOf(form.answer),
            phoneKey,
            form.motifId,
            form.occurrenceId,
            instantToIso(start),
            person.firstName,
            person.lastName,
            person.phone,
            holdId,
            code && codeHash(id, code),
            instantToIso(tx.now),
            instantToIso(expiresAt),
            hashOf(form.key),
          ],
        );
        return code ? done({ is: 'code', key: form.answer }) : this.book(tx, visitorOf(space, language), id);
      })
      .catch(slotGone);
    if (!outcome.ok || !code || isTwin) return outcome;
    return (await this.sendCode(space, language, { id, phone: person.phone, code })) ? outcome : refuse('sms-failed');
  }

  /** How long the code is awaited, and what its SMS says where none is really sent; null when nothing is awaited. */
  async awaiting(
    space: PublicSpace,
    key: string,
  ): Promise<{ until: LocalDateTime; sandboxText: string | null } | null> {
    return this.database.within(systemContext(space.id), async (tx) => {
      const request = await requestBy(tx, key);
      if (!request?.code_hash || request.expires_at <= tx.now) return null;
      const [sms] = this.gateway.sandbox
        ? await tx.query<{ text: string }>('select text from sandbox_sms where space_id = $1 and message_id = $2', [
            space.id,
            request.sms_id,
          ])
        : [];
      return { until: toLocal(request.expires_at, space.zone), sandboxText: sms?.text ?? null };
    });
  }

  /** Another code, when the first did not come; it runs out when the first would have. */
  async resend(
    { space, language, address }: { space: PublicSpace; language: Language; address: string },
    key: string,
  ): Promise<Outcome<null, 'code-over' | 'too-many-tries' | 'sms-failed'>> {
    if (!(await this.attempts.mayTry(attemptKey('online', address), FORMS_PER_ADDRESS)))
      return refuse('too-many-tries');
    const code = newCode();
    const request = await this.database.within(systemContext(space.id), (tx) => requestBy(tx, key));
    if (!request?.code_hash || request.expires_at <= this.database.now()) return refuse('code-over');
    const phoneKey = attemptKey('online-phone', space.id, request.phone);
    if (!(await this.attempts.mayTry(phoneKey, FORMS_PER_PHONE))) return refuse('too-many-tries');
    await this.database.within(systemContext(space.id), (tx) =>
      tx.query(
        'update online_request set code_hash = $3, tries = 0 where space_id = $1 and id = $2 and code_hash is not null',
        [space.id, request.id, codeHash(request.id, code)],
      ),
    );
    const sent = await this.sendCode(space, language, { id: request.id, phone: request.phone, code });
    return sent ? done(null) : refuse('sms-failed');
  }

  /** Books what was held, when the code is right. Each try is counted before it is looked at. */
  async confirm(
    { space, language, address }: { space: PublicSpace; language: Language; address: string },
    key: string,
    code: string,
  ): Promise<Outcome<{ link: string }, ConfirmRefusal>> {
    if (!(await this.attempts.mayTry(attemptKey('online', address), FORMS_PER_ADDRESS)))
      return refuse('too-many-tries');
    const system = systemContext(space.id);
    const [tried] = await this.database.within(system, (tx) =>
      tx.query<{ id: string; code_hash: Buffer }>(
        `update online_request set tries = tries + 1
         where space_id = $1 and key_hash = $2 and code_hash is not null and tries < $3 and expires_at > $4
         returning id, code_hash`,
        [space.id, hashOf(key), CODE_TRIES, instantToIso(tx.now)],
      ),
    );
    if (tried && !timingSafeEqual(tried.code_hash, codeHash(tried.id, code.replace(/\s/g, ''))))
      return refuse('wrong-code');
    const outcome = await this.database
      .command<Asked, 'code-over' | 'slot-gone'>(system, async (tx) => {
        const request = await requestBy(tx, key);
        if (request?.appointment_id) return done({ is: 'booked', link: await linkOf(tx, request.appointment_id) });
        return request && tried ? this.book(tx, visitorOf(space, language), request.id) : refuse('code-over');
      })
      .catch(slotGone);
    if (!outcome.ok) return outcome;
    return outcome.value.is === 'booked' ? done({ link: outcome.value.link }) : refuse('code-over');
  }

  /** What the same, sent before, led to; null when it was not, or nothing is left of it. */
  private async answered(space: PublicSpace, key: string): Promise<Outcome<Asked, never> | null> {
    return this.database.within(systemContext(space.id), (tx) => answerTo(tx, key));
  }

  /** Whoever corrects her number has the hour itself kept under the one before: it is hers again. False: it was not. */
  private async giveBack(space: PublicSpace, form: FormState): Promise<boolean> {
    const gone = await this.database.command<boolean, never>(systemContext(space.id), async (tx) => {
      const kept = await tx.query<{ id: string; hold_id: string }>(
        `select id, hold_id from online_request
         where space_id = $1 and browser_hash = $2 and motif_id = $3 and occurrence_id = $4 and starts_at = $5
           and hold_id is not null and appointment_id is null
         order by hold_id for update`,
        [space.id, hashOf(form.key), form.motifId, form.occurrenceId, instantToIso(startOf(form, space.zone))],
      );
      for (const { id, hold_id } of kept) {
        await letGoOf(tx, hold_id);
        await tx.query('delete from online_request where space_id = $1 and id = $2', [space.id, id]);
      }
      return done(kept.length > 0);
    });
    return gone.ok && gone.value;
  }

  /** Where the browser has this hour: booked, or kept until its code comes back; null when it has not. */
  private async takenHere(space: PublicSpace, form: FormState): Promise<{ siteId: string; booked: boolean } | null> {
    if (!parseLocalDateTime(form.start)) return null;
    const start = instantToIso(startOf(form, space.zone));
    return this.database.within(systemContext(space.id), async (tx) => {
      const [taken] = await tx.query<{ siteId: string; booked: boolean }>(
        `select coalesce(a.site_id, o.site_id) as "siteId", a.id is not null as booked
         from online_request r
         join occurrence o on o.space_id = r.space_id and o.id = r.occurrence_id
         left join appointment a on a.space_id = r.space_id and a.id = r.appointment_id
         where r.space_id = $1 and r.browser_hash = $2 and r.motif_id::text = $3 and r.occurrence_id::text = $4
           and r.starts_at = $5 and case when a.id is null then r.expires_at > $6
             else a.starts_at = r.starts_at and a.state in ('planned', 'confirmed') end
         order by booked desc limit 1`,
        [space.id, hashOf(form.key), form.motifId, form.occurrenceId, start, instantToIso(tx.now)],
      );
      return taken ?? null;
    });
  }

  private async offered(space: PublicSpace, { motifId, occurrenceId, start }: Omit<FormState, 'key' | 'givenAt'>) {
    const query = SlotsQuery.safeParse({
      motif: motifId,
      audience: 'public',
      from: start,
      days: 1,
      perDay: 50,
      limit: 50,
    });
    const found = query.success ? await this.slots.forMotif(visitorOf(space, 'fr'), query.data) : null;
    if (!found?.ok) return null;
    return found.value.slots.find((slot) => slot.occurrenceId === occurrenceId && slot.start === start) ?? null;
  }

  /** Makes an appointment of a request: for the person known by that name and number, or for a new one. */
  private async book(tx: Transaction, viewer: Viewer, requestId: string): Promise<Outcome<Asked, 'slot-gone'>> {
    const { spaceId } = tx.context;
    const [request] = await tx.query<Request>(
      `select ${COLUMNS} from online_request where space_id = $1 and id = $2 for update`,
      [spaceId, requestId],
    );
    if (!request) return refuse('slot-gone');
    if (request.appointment_id) return done({ is: 'booked', link: await linkOf(tx, request.appointment_id) });
    const { first_name: firstName, last_name: lastName, phone } = request;
    const usagerId = await samePerson(tx, { firstName, lastName, phone });
    const who = usagerId
      ? { usagerId }
      : { usager: UsagerBody.parse({ firstName, lastName, phone, language: viewer.language, toldBy: 'sms' }) };
    const body: BookBody = {
      occurrenceId: request.occurrence_id,
      motifId: request.motif_id,
      start: toLocal(request.starts_at, viewer.space.zone),
      agentId: null,
      ...who,
      ...(request.hold_id ? { holdId: request.hold_id } : {}),
    };
    const booked = await bookSlot(tx, viewer, body, request.starts_at);
    if (!booked.ok) return refuse('slot-gone');
    await tx.query(
      `update online_request set appointment_id = $3, first_name = null, last_name = null, phone = null, code_hash = null
       where space_id = $1 and id = $2`,
      [spaceId, requestId, booked.value.id],
    );
    return done({ is: 'booked', link: await linkOf(tx, booked.value.id) });
  }

  private async sendCode(
    space: PublicSpace,
    language: Language,
    { id, phone, code }: { id: string; phone: string; code: string },
  ): Promise<boolean> {
    const messageId = randomUUID();
    await this.database.within(systemContext(space.id), (tx) =>
      tx.query('update online_request set sms_id = $3 where space_id = $1 and id = $2', [space.id, id, messageId]),
    );
    // Never what it is for: whoever holds the phone learns nothing.
    const text =
      language === 'fr'
        ? `Votre code : ${code}. Il est valable ${CODE_MINUTES} minutes.`
        : `Your code: ${code}. It is valid for ${CODE_MINUTES} minutes.`;
    try {
      await this.gateway.send({ spaceId: space.id, messageId, to: phone, text });
      return true;
    } catch {
      return false;
    }
  }

  private formSecret(): Promise<Buffer> {
    this.secret ??= this.database
      .outside<{ secret: Buffer }>('select form_secret() as secret')
      .then(([row]) => row?.secret ?? Promise.reject(new Error('Forms have no secret to be signed with.')));
    return this.secret;
  }
}

/** What is left of what was sent before: an appointment cancelled or moved since answers nothing, nor does a code that ran out. */
async function answerTo(tx: Transaction, key: string): Promise<Outcome<Asked, never> | null> {
  const [request] = await tx.query<{ appointmentId: string | null; stands: boolean }>(
    `select r.appointment_id as "appointmentId",
       case when a.id is null then r.expires_at > $3
         else a.starts_at = r.starts_at and a.state not in ('cancelledByUsager', 'cancelledByAgent') end as stands
     from online_request r left join appointment a on a.space_id = r.space_id and a.id = r.appointment_id
     where r.space_id = $1 and r.key_hash = $2`,
    [tx.context.spaceId, hashOf(key), instantToIso(tx.now)],
  );
  if (!request?.stands) return null;
  const { appointmentId } = request;
  return done(appointmentId ? { is: 'booked', link: await linkOf(tx, appointmentId) } : { is: 'code', key });
}

/** Nothing is left of what was sent before: what comes now has the key. */
async function answerAnew(tx: Transaction, key: string): Promise<void> {
  await tx.query('update online_request set key_hash = $3 where space_id = $1 and key_hash = $2', [
    tx.context.spaceId,
    hashOf(key),
    hashOf(randomUUID()),
  ]);
}

function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

function codeHash(requestId: string, code: string): Buffer {
  return attemptKey('online-code', requestId, code);
}

function startOf({ start }: FormState, zone: string): Instant {
  const local = parseLocalDateTime(start);
  if (!local) throw new RangeError('A form of ours names an hour that is none.');
  return toInstant(local, zone);
}

function slotGone(error: unknown): Outcome<never, 'slot-gone'> {
  if (isClaimTaken(error)) return refuse('slot-gone');
  throw error;
}

/** What one phone asks for is decided one after another: counted, then granted. */
async function oneAtATime(tx: Transaction, phoneKey: Buffer): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 31))', [phoneKey.toString('hex')]);
}

async function mayTakeMore(tx: Transaction, phoneKey: Buffer, motifId: string): Promise<boolean> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count
     from online_request r left join appointment a on a.space_id = r.space_id and a.id = r.appointment_id
     where r.space_id = $1 and r.phone_hash = $2 and r.motif_id = $3
       and case when a.id is null then r.expires_at > $4 else a.starts_at > $4 and a.state in ('planned', 'confirmed') end`,
    [tx.context.spaceId, phoneKey, motifId, instantToIso(tx.now)],
  );
  return (row?.count ?? 0) < MOST_PER_PHONE;
}

async function requestBy(tx: Transaction, key: string): Promise<Request | null> {
  const [row] = await tx.query<Request>(`select ${COLUMNS} from online_request where space_id = $1 and key_hash = $2`, [
    tx.context.spaceId,
    hashOf(key),
  ]);
  return row ?? null;
}

/** Whom the desk knows under this name and number, however it is accented: nobody is told that she was. */
async function samePerson(tx: Transaction, { firstName, lastName, phone }: KnownPerson): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `select id from usager
     where space_id = $1 and phone = $2 and known_to_desk
       and plain_text(last_name) = plain_text($3) and plain_text(first_name) = plain_text($4)
     order by created_at, id limit 1`,
    [tx.context.spaceId, phone, lastName, firstName],
  );
  return row?.id ?? null;
}

/** A link of its own for an appointment: she may have lost the one before. */
async function linkOf(tx: Transaction, appointmentId: string): Promise<string> {
  const token = await newAppointmentLink(tx, appointmentId);
  if (!token) throw new Error('An appointment just booked cannot be found.');
  return token;
}
