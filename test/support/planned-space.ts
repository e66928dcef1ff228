import { randomUUID } from 'node:crypto';
import { passwordHash, type Viewer } from '@app/accounts';
import {
  BookAppointment,
  BookSeries,
  Appointments,
  CancelFollowing,
  DayBoard,
  FindSlots,
  FollowAppointment,
  HoldSlot,
  MoveAppointment,
  OccurrenceDetails,
  Plannings,
  PlanSeries,
  StandAlone,
  UndoAppointment,
  UndoSeries,
} from '@app/booking';
import type { Role } from '@app/contract';
import { Database, openDataSource } from '@app/persistence';
import { type Clock, type LocalDateTime, toInstant } from '@app/time';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from './database';
import { PASSWORD } from './sign-in';

// One hash for all: what is tested here is never how long hashing takes.
let hash: Promise<string> | null = null;

const ZONE = 'Europe/Paris';

export interface PlannedDate {
  /** '2027-02-03 09:00-12:00' */
  on: string;
  state?: 'held' | 'skipped' | 'cancelled';
  cause?: string;
}

/**
 * A space whose dates are written down one by one, to test what happens inside them: rules, publication and their
 * obstacles have tests of their own.
 */
export class PlannedSpace {
  readonly clock: Clock & { at: LocalDateTime };
  readonly slots: FindSlots;
  readonly booking: BookAppointment;
  readonly moving: MoveAppointment;
  readonly following: FollowAppointment;
  readonly holding: HoldSlot;
  readonly undoing: UndoAppointment;
  readonly alone: StandAlone;
  readonly planSeries: PlanSeries;
  readonly bookSeries: BookSeries;
  readonly cancelFollowing: CancelFollowing;
  readonly undoSeries: UndoSeries;
  readonly plannings: Plannings;
  readonly board: DayBoard;
  readonly details: OccurrenceDetails;
  readonly appointments: Appointments;
  siteId: string;

  private constructor(
    readonly database: TestDatabase,
    readonly db: Database,
    readonly owner: pg.Pool,
    readonly spaceId: string,
    clock: Clock & { at: LocalDateTime },
  ) {
    this.clock = clock;
    this.slots = new FindSlots(db);
    this.booking = new BookAppointment(db, this.slots);
    this.moving = new MoveAppointment(db, this.slots);
    this.following = new FollowAppointment(db);
    this.holding = new HoldSlot(db, this.slots);
    this.undoing = new UndoAppointment(db);
    this.alone = new StandAlone(db);
    this.planSeries = new PlanSeries(db);
    this.bookSeries = new BookSeries(db, this.planSeries);
    this.cancelFollowing = new CancelFollowing(db);
    this.undoSeries = new UndoSeries(db);
    this.plannings = new Plannings(db);
    this.board = new DayBoard(db);
    this.details = new OccurrenceDetails(db);
    this.appointments = new Appointments(db);
  }

  /** @param now local date and time the clock shows, such as '2027-01-04T09:40' */
  static async open(now: string, { poolSize = 16 } = {}): Promise<PlannedSpace> {
    const database = await freshDatabase();
    const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 4 });
    // Dropping the database may end a connection that was already leaving.
    owner.on('error', () => undefined);
    const clock = { at: now as LocalDateTime, now: () => toInstant(clock.at, ZONE) };
    const source = await openDataSource(database.appUrl, { poolSize });
    const spaceId = randomUUID();
    await owner.query(`insert into space (id, slug, name, zone) values ($1, $2, 'Espace', $3)`, [
      spaceId,
      `s-${spaceId}`,
      ZONE,
    ]);
    const space = new PlannedSpace(database, new Database(source, clock), owner, spaceId, clock);
    space.siteId = await space.site('3 rue du Béarn');
    return space;
  }

  async close(): Promise<void> {
    this.db.bell.stop();
    await this.db.source.destroy();
    await this.owner.end();
    await this.database.drop();
  }

  viewer(role: Role, partnerId: string | null = null): Viewer {
    return {
      accountId: randomUUID(),
      name: 'Hélène Accueil',
      role,
      partnerId,
      agentId: null,
      language: 'fr',
      space: { id: this.spaceId, name: 'Espace', slug: 'espace', zone: ZONE },
    };
  }

  /** Someone who can sign in, through the api, with PASSWORD. */
  async account(role: Role, partnerId: string | null = null): Promise<string> {
    hash ??= passwordHash(PASSWORD);
    const email = `${randomUUID().slice(0, 8)}@palier.test`;
    await this.insert('account', { email, name: role, role, partner_id: partnerId, password_hash: await hash });
    return email;
  }

  async site(name: string): Promise<string> {
    const id = await this.insert('site', { name });
    for (const weekday of [1, 2, 3, 4, 5]) {
      await this.owner.query(`insert into site_opening values ($1, $2, $3, '08:30', '17:30')`, [
        this.spaceId,
        id,
        weekday,
      ]);
    }
    return id;
  }

  async room(
    name: string,
    { desks = [] as string[], siteId = this.siteId } = {},
  ): Promise<{ id: string; desks: string[] }> {
    const id = await this.insert('room', { site_id: siteId, name });
    await this.insert('resource', { kind: 'room', owner_id: id });
    const made: string[] = [];
    for (const label of desks) {
      const desk = await this.insert('workstation', { room_id: id, label });
      await this.insert('resource', { kind: 'workstation', owner_id: desk });
      made.push(desk);
    }
    return { id, desks: made };
  }

  partner(name: string, { confidential = false } = {}): Promise<string> {
    return this.insert('partner', {
      name,
      short_name: name.slice(0, 30),
      mark: name.slice(0, 2),
      hue: 200,
      confidential,
    });
  }

  async agent(partnerId: string, name: string, more: Record<string, unknown> = {}): Promise<string> {
    const id = await this.insert('agent', { partner_id: partnerId, name, ...more });
    await this.insert('resource', { kind: 'presence', owner_id: id });
    await this.insert('resource', { kind: 'time', owner_id: id });
    return id;
  }

  motif(partnerId: string, label: string, more: Record<string, unknown> = {}): Promise<string> {
    return this.insert('motif', { partner_id: partnerId, label, discreet_label: label, duration_minutes: 30, ...more });
  }

  usager(firstName: string, lastName: string, { partners = [] as string[] } = {}): Promise<string> {
    return this.insert('usager', {
      first_name: firstName,
      last_name: lastName,
      known_to_desk: true,
      created_at: new Date(0),
    }).then(async (id) => {
      for (const partnerId of partners) {
        await this.owner.query('insert into usager_partner values ($1, $2, $3)', [this.spaceId, id, partnerId]);
      }
      return id;
    });
  }

  /** A published permanence with these dates; answers their ids in order. Rooms and presences are claimed as publishing does. */
  async permanence(given: {
    partnerId: string;
    motifIds?: string[];
    title?: string;
    mode?: 'walk-in' | 'appointment' | 'group' | 'internal';
    agentIds?: string[];
    seats?: number;
    siteId?: string;
    room?: { id: string; desks: string[] };
    visibility?: string;
    confidential?: boolean;
    dates: (string | PlannedDate)[];
  }): Promise<string[]> {
    const {
      partnerId,
      mode = 'appointment',
      seats = 1,
      siteId = this.siteId,
      visibility = 'public',
      confidential = false,
    } = given;
    const permanence = await this.insert('permanence', {
      partner_id: partnerId,
      title: given.title ?? 'Permanence',
      state: 'published',
      visibility,
      confidential,
    });
    const rule = await this.insert('permanence_rule', {
      permanence_id: permanence,
      rrule: 'FREQ=WEEKLY',
      dtstart: '2027-01-01',
      start_time: '09:00',
      end_time: '12:00',
      mode,
      site_id: siteId,
      room_id: given.room?.id ?? null,
      seats,
    });
    for (let number = 1; number <= seats; number += 1)
      await this.insert('resource', { kind: 'seat', owner_id: rule, number });
    for (const motif of given.motifIds ?? []) {
      await this.owner.query('insert into permanence_motif values ($1, $2, $3)', [this.spaceId, permanence, motif]);
    }
    const ids: string[] = [];
    for (const one of given.dates) {
      const { on, state = 'held', cause = '' } = typeof one === 'string' ? { on: one } : one;
      const [date = '', hours = ''] = on.split(' ');
      const [start = '', end = ''] = hours.split('-');
      const [from, to] = [this.iso(`${date}T${start}`), this.iso(`${date}T${end}`)];
      const id = await this.insert('occurrence', {
        permanence_id: permanence,
        rule_id: rule,
        partner_id: partnerId,
        original_start: `${date} ${start}`,
        starts_at: from,
        ends_at: to,
        site_id: siteId,
        room_id: given.room?.id ?? null,
        mode,
        seats,
        state,
        cause,
        visibility,
        confidential,
      });
      for (const agent of given.agentIds ?? []) {
        await this.owner.query('insert into occurrence_agent values ($1, $2, $3)', [this.spaceId, id, agent]);
      }
      if (state === 'held') {
        await this.owner.query(
          `insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id, confidential)
           select $1, id, tstzrange($2, $3), 'occurrence', $4, $5, $6 from resource
           where space_id = $1 and ((kind in ('room', 'workstation') and owner_id = any ($7)) or (kind = 'presence' and owner_id = any ($8)))`,
          [
            this.spaceId,
            from,
            to,
            id,
            partnerId,
            confidential,
            given.room ? [given.room.id, ...given.room.desks] : [],
            given.agentIds ?? [],
          ],
        );
      }
      ids.push(id);
    }
    return ids;
  }

  /** Runs SQL as the owner of the tables, past the policies. */
  async sql<Row = any>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.owner.query(text, values)).rows;
  }

  private iso(local: string): Date {
    return new Date(toInstant(local as LocalDateTime, ZONE));
  }

  private async insert(table: string, columns: Record<string, unknown>): Promise<string> {
    const id = randomUUID();
    const row = { id, space_id: this.spaceId, ...columns };
    const names = Object.keys(row);
    await this.owner.query(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
    return id;
  }
}
