import { randomUUID } from 'node:crypto';
import { type Instant, instant, instantToIso, parseLocalDateTime, toInstant } from '@app/time';
import pg from 'pg';
import { superuserUrl, type TestDatabase } from './database';

export interface Person {
  toldBy?: 'sms' | 'call' | 'letter' | 'nobody';
  phone?: string | null;
  phoneKind?: 'mobile' | 'landline' | null;
  shared?: boolean;
  /** Nothing may be sent to her. */
  safe?: boolean;
  /** Told in her place, at this number. */
  contactPhone?: string;
  language?: string;
}

export interface Booking extends Person {
  /** Local time, such as "2027-01-20 14:00". */
  at: string;
  confidential?: boolean;
  namesService?: boolean;
}

export interface ReminderRow {
  id: string;
  appointment_id: string;
  kind: string;
  version: number;
  channel: string;
  state: string;
  due: string;
}

/** An instant of Paris written as on a wall: `parisTime('2027-01-04 10:00')`. */
export function parisTime(text: string): Instant {
  const local = parseLocalDateTime(text.replace(' ', 'T'));
  if (!local) throw new Error(`Not a local time: ${text}`);
  return toInstant(local);
}

/**
 * A space with one permanence, and appointments written as booking leaves them: row and event in one transaction.
 * It acts behind the policies, so that reminders are tested by what they find and not by who booked.
 */
export class SomeoneToTell {
  readonly spaceId = randomUUID();
  readonly siteId = randomUUID();
  readonly partnerId = randomUUID();
  private readonly permanenceId = randomUUID();
  private readonly ruleId = randomUUID();
  private places = 0;

  private constructor(private readonly client: pg.Client) {}

  static async in(database: Pick<TestDatabase, 'ownerUrl'>, url = superuserUrl(database)): Promise<SomeoneToTell> {
    const client = new pg.Client({ connectionString: url });
    // A server that is restarted on purpose takes this connection with it.
    client.on('error', () => undefined);
    await client.connect();
    const one = new SomeoneToTell(client);
    await one.found();
    return one;
  }

  /** The same people, over a new connection. */
  async again(url: string): Promise<SomeoneToTell> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return Object.assign(new SomeoneToTell(client), { ...this, client });
  }

  async end(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  async book(now: Instant, booking: Booking): Promise<string> {
    const id = randomUUID();
    const usagerId = await this.person(now, booking);
    const start = parisTime(booking.at);
    const end = instant(start + 30 * 60_000);
    const motifId = randomUUID();
    const confidential = booking.confidential ?? false;
    await this.together(async () => {
      await this.run(
        `insert into motif (id, space_id, partner_id, label, discreet_label, duration_minutes, names_service)
         values ($1, $2, $3, $5, 'Entretien', 30, $4)`,
        [motifId, this.spaceId, this.partnerId, booking.namesService ?? false, `Expulsion ${this.places}`],
      );
      const occurrenceId = await this.occurrence(start, end, confidential);
      await this.run(
        `insert into appointment (id, space_id, partner_id, motif_id, usager_id, occurrence_id, seat, site_id, starts_at,
           ends_at, state, confidential, booked_at)
         values ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, 'planned', $10, $11)`,
        [
          ...[id, this.spaceId, this.partnerId, motifId, usagerId, occurrenceId, this.siteId],
          ...[instantToIso(start), instantToIso(end), confidential, instantToIso(now)],
        ],
      );
      await this.happened(now, 'appointment.booked', id);
    });
    return id;
  }

  async move(now: Instant, id: string, to: string): Promise<void> {
    const start = parisTime(to);
    const end = instant(start + 30 * 60_000);
    await this.together(async () => {
      const occurrenceId = await this.occurrence(start, end, false);
      await this.run(
        `update appointment set starts_at = $3, ends_at = $4, occurrence_id = $5, version = version + 1
         where space_id = $1 and id = $2`,
        [this.spaceId, id, instantToIso(start), instantToIso(end), occurrenceId],
      );
      await this.happened(now, 'appointment.moved', id);
    });
  }

  async become(now: Instant, id: string, state: string): Promise<void> {
    await this.together(async () => {
      await this.run('update appointment set state = $3 where space_id = $1 and id = $2', [this.spaceId, id, state]);
      await this.happened(now, state.startsWith('cancelled') ? 'appointment.cancelled' : 'appointment.state', id);
    });
  }

  async reminders(appointmentId?: string): Promise<ReminderRow[]> {
    return this.run(
      `select id, appointment_id, kind, appointment_version as version, channel, state,
         to_char(due_at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI') as due
       from reminder where space_id = $1 and ($2::uuid is null or appointment_id = $2)
       order by appointment_version, kind = 'before', kind`,
      [this.spaceId, appointmentId ?? null],
    );
  }

  /** "confirmation sms sent 2027-01-04 10:00" for each reminder of an appointment. */
  async told(appointmentId: string): Promise<string[]> {
    const rows = await this.reminders(appointmentId);
    return rows.map(({ kind, channel, state, due }) => `${kind} ${channel} ${state} ${due}`);
  }

  /** What the operator took, in the order it took it. */
  async taken(): Promise<{ message_id: string; recipient: string; text: string }[]> {
    return this.run(
      'select message_id, recipient, text from sandbox_sms where space_id = $1 order by received_at, text',
      [this.spaceId],
    );
  }

  async hasUnreadEvents(): Promise<boolean> {
    const [unread] = await this.run<{ some: boolean }>(
      `select exists (select from event e, event_cursor c
         where c.consumer = 'reminders' and (e.xid, e.id) > (c.xid, c.id)) as some`,
    );
    return unread?.some ?? false;
  }

  async run<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, parameters)).rows;
  }

  private async found(): Promise<void> {
    const of = this.spaceId;
    await this.run('insert into space (id, slug, name) values ($1, $2, $3)', [of, `s-${of}`, 'Espace des solidarités']);
    await this.run(
      `insert into site (id, space_id, name, address, phone)
       values ($1, $2, '3 rue du Béarn', '3 rue du Béarn, Chevilly-Larue', '+33199001800')`,
      [this.siteId, of],
    );
    await this.run(
      `insert into partner (id, space_id, name, short_name, mark, hue) values ($1, $2, 'Nouvelles Voies', 'Nouvelles Voies', 'NV', 20)`,
      [this.partnerId, of],
    );
    await this.run(`insert into permanence (id, space_id, partner_id, title) values ($1, $2, $3, 'Nouvelles Voies')`, [
      ...[this.permanenceId, of, this.partnerId],
    ]);
    await this.run(
      `insert into permanence_rule (id, space_id, permanence_id, rrule, dtstart, start_time, end_time, mode, site_id)
       values ($1, $2, $3, 'FREQ=DAILY', '2027-01-01', '08:00', '19:00', 'appointment', $4)`,
      [this.ruleId, of, this.permanenceId, this.siteId],
    );
  }

  private async person(now: Instant, who: Person): Promise<string> {
    const id = randomUUID();
    const phone = who.phone === undefined ? '+33639980001' : who.phone;
    await this.run(
      `insert into usager (id, space_id, first_name, last_name, phone, phone_kind, phone_shared, language, told_by, known_to_desk, created_at,
         safe_contact, contact_name, contact_relation, contact_phone, contact_phone_kind, contact_told)
       values ($1, $2, 'Yasmina', 'Martin', $3, $4, $5, $6, $7, true, $8, $9, case when $10::text is not null then 'Jeanne Roy' end,
         case when $10::text is not null then 'guardian' end, $10, case when $10::text is not null then 'mobile' end, $10::text is not null)`,
      [
        ...[id, this.spaceId, phone, phone === null ? null : (who.phoneKind ?? 'mobile'), who.shared ?? false],
        ...[who.language ?? 'fr', who.toldBy ?? 'sms', instantToIso(now), who.safe ?? false, who.contactPhone ?? null],
      ],
    );
    return id;
  }

  private async occurrence(start: Instant, end: Instant, confidential: boolean): Promise<string> {
    const id = randomUUID();
    this.places += 1;
    await this.run(
      `insert into occurrence (id, space_id, permanence_id, rule_id, partner_id, original_start, starts_at, ends_at, site_id,
         mode, state, visibility, confidential)
       values ($1, $2, $3, $4, $5, timestamp '2027-01-01 00:00' + $6 * interval '1 minute', $7, $8, $9, 'appointment', 'held', 'public', $10)`,
      [
        ...[id, this.spaceId, this.permanenceId, this.ruleId, this.partnerId, this.places],
        ...[instantToIso(start), instantToIso(end), this.siteId, confidential],
      ],
    );
    return id;
  }

  private async happened(now: Instant, kind: string, appointmentId: string): Promise<void> {
    await this.run(
      'insert into event (space_id, partner_id, at, kind, subject_id, site_id) values ($1, $2, $3, $4, $5, $6)',
      [this.spaceId, this.partnerId, instantToIso(now), kind, appointmentId, this.siteId],
    );
  }

  private async together(work: () => Promise<void>): Promise<void> {
    await this.run('begin');
    await work();
    await this.run('commit');
  }
}
