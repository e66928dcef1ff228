import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PlanReminders, SendReminder } from '@app/reminders';
import { type LocalDateTime, toInstant } from '@app/time';
import pg from 'pg';
import { type Browser, startApi, type TestApi } from '../support/api';
import { superuserUrl } from '../support/database';
import { aSpaceWithPeople, PASSWORD } from '../support/people';
import { type ApiDescription, holdsAnId, type Kind, type Operation, RequestsOf } from '../support/requests-of';

jest.setTimeout(300_000);

/** How many reads are asked at once. */
const READERS = 6;

const NOW = toInstant('2027-01-04T10:00' as LocalDateTime);

/** What one partner has in its space, and what nobody else may learn of the people it receives. */
interface House {
  ids: Record<Kind, string>;
  partner: string;
  spaceId: string;
  editor: Browser;
  agent: Browser;
  email: string;
  surname: string;
  secrets: { words: string[]; phones: string[]; ids: string[] };
}

interface Person {
  firstName: string;
  lastName: string;
  phone: string;
  note: string;
}

const digits = (text: string) => text.replace(/\D/g, '');

/** Which of a house's secrets an answer holds. @param sent what was asked, whose own words are no news */
function leaks(text: string, { secrets }: House, sent = ''): string[] {
  const numbers = digits(text);
  return [
    ...secrets.words.filter((word) => text.includes(word) && !sent.includes(word)),
    ...secrets.phones.filter((phone) => numbers.includes(digits(phone).slice(1))),
    ...secrets.ids.filter((id) => text.includes(id) && !sent.includes(id)),
  ];
}

async function must<T>(asking: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await asking;
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}

describe('another partner’s people', () => {
  let api: TestApi;
  let description: ApiDescription;
  let superuser: pg.Client;
  let ours: House;
  let theirs: House;
  let confidential: House;
  let elsewhere: House;
  let desk: Browser;

  beforeAll(async () => {
    api = await startApi({ PALIER_CLOCK_OFFSET_MS: String(NOW - Date.now()) });
    superuser = new pg.Client({ connectionString: superuserUrl(api.database) });
    await superuser.connect();
    description = (await api.browser().get<ApiDescription>('/api/openapi.json')).body;

    const chevilly = await aSpaceWithPeople(api.database, 'Chevilly', {
      Ada: { role: 'administrator' },
      Lea: { role: 'desk' },
    });
    const fresnes = await aSpaceWithPeople(api.database, 'Fresnes', { Fanny: { role: 'administrator' } });
    const ada = await api.browser().signIn(chevilly.people.Ada?.email ?? '', PASSWORD);
    const fanny = await api.browser().signIn(fresnes.people.Fanny?.email ?? '', PASSWORD);
    desk = await api.browser().signIn(chevilly.people.Lea?.email ?? '', PASSWORD);
    ours = await settle(ada, chevilly.id, 'Nous', peopleNamed('Nousselin', 1));
    theirs = await settle(ada, chevilly.id, 'Eux', peopleNamed('Zeltaquin', 2));
    confidential = await settle(ada, chevilly.id, 'Personnel', peopleNamed('Ombreval', 3), { confidential: true });
    elsewhere = await settle(fanny, fresnes.id, 'Ailleurs', peopleNamed('Quervantes', 4));
    elsewhere.secrets.ids.push(...Object.values(elsewhere.ids));
  });
  afterAll(async () => {
    await superuser?.end();
    await api?.stop();
  });

  const peopleNamed = (surname: string, group: number): Person[] =>
    ['Aubierge', 'Bertille', 'Clothilde'].map((firstName, i) => ({
      firstName: `${firstName}${group}`,
      lastName: `${surname}${'xyz'[i]}`,
      // Arcep's ranges for fiction: two mobiles, and a landline that makes a call to do.
      phone: i === 1 ? `01 99 00 4${group} 0${i}` : `06 39 98 4${group} 0${i}`,
      note: `note ${surname} ${i}`,
    }));

  /** A partner with a room, dates, people booked and told, a conflict and a meeting, made through the api. */
  async function settle(
    administrator: Browser,
    spaceId: string,
    name: string,
    people: Person[],
    { confidential = false } = {},
  ): Promise<House> {
    const made = async (path: string, body: unknown) => (await must<{ id: string }>(administrator.post(path, body))).id;
    const openings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '08:30', closes: '17:30' }));
    const site = await made('/api/sites', { name: `Lieu ${name}`, openings });
    const body = { name, shortName: name, mark: name.slice(0, 2), hue: 20, confidential };
    const partner = await made('/api/partners', body);
    const office = {
      siteId: site,
      name: `Bureau ${name}`,
      capacity: 3,
      workstations: ['A'],
      residentPartnerId: partner,
    };
    const room = await made('/api/rooms', office);
    const agent = await made('/api/agents', { partnerId: partner, name: `Agent ${name}` });
    const label = { label: `Motif ${name}`, discreetLabel: 'Entretien', durationMinutes: 30 };
    const sector = await made('/api/sectors', { name: `Secteur ${name}`, agentIds: [agent] });
    const motif = await made('/api/motifs', { partnerId: partner, ...label });
    const signedInAs = async (role: string) => {
      const email = `${role}@${name.toLowerCase()}.example`;
      const account = { email, name: `${role} ${name}`, role, partnerId: partner, agentId: agent };
      const { id, reset } = await must<{ id: string; reset: { url: string } }>(
        administrator.post('/api/accounts', account),
      );
      const token = new URL(reset.url).searchParams.get('token');
      await must(api.browser().post('/api/password-reset/use', { token, password: PASSWORD }));
      return { id, email, browser: await api.browser().signIn(email, PASSWORD) };
    };
    const editor = await signedInAs('partner-editor');
    const worker = await signedInAs('agent');

    const rule = {
      rrule: 'FREQ=WEEKLY;BYDAY=MO',
      from: '2027-01-04',
      start: '09:00',
      end: '12:00',
      mode: 'appointment',
    };
    const permanence = await must<{ id: string }>(
      editor.browser.post('/api/permanences', {
        partnerId: partner,
        title: `Permanence ${name}`,
        motifIds: [motif],
        rules: [{ ...rule, siteId: site, roomId: room, agentIds: [agent], seats: 1 }],
      }),
    );
    await must(editor.browser.post(`/api/permanences/${permanence.id}/publish`, { version: 1 }));
    const dates = await must<{ occurrenceId: string; ruleId: string; start: string }[]>(
      editor.browser.get(`/api/permanences/${permanence.id}/dates?from=2027-01-11&count=3`),
    );
    const book = (date: number, person: Person, time: string) => {
      const start = `${dates[date]?.start.slice(0, 10)}T${time}`;
      const wanted = { occurrenceId: dates[date]?.occurrenceId, motifId: motif, start, usager: person };
      return must<{ id: string; usagerId: string }>(editor.browser.post('/api/appointments', wanted));
    };
    const [first, second, third] = people as [Person, Person, Person];
    const kept = await book(0, first, '09:00');
    const called = await book(0, second, '09:30');
    const stranded = await book(1, third, '09:00');
    const follows = { occurrenceId: dates[2]?.occurrenceId, start: `${dates[2]?.start.slice(0, 10)}T10:00` };
    const series = await must<{ id: string; dates: { booked: { id: string } | null }[] }>(
      editor.browser.post('/api/series', {
        motifId: motif,
        usagerId: kept.usagerId,
        appointmentId: kept.id,
        dates: [follows],
      }),
    );
    const thatDay = { occurrenceId: dates[2]?.occurrenceId, start: `${dates[2]?.start.slice(0, 10)}T09:00` };
    const hold = await must<{ id: string }>(editor.browser.post('/api/holds', { ...thatDay, motifId: motif }));
    await must(
      editor.browser.post(`/api/permanences/${permanence.id}/dates`, {
        ruleId: dates[1]?.ruleId,
        originalStart: dates[1]?.start,
        change: { kind: 'cancelled', cause: 'absence' },
      }),
    );
    const elsewhere = { motifId: motif, start: `${dates[2]?.start.slice(0, 10)}T11:00` };
    const given = await must<{ id: string }>(
      editor.browser.post(`/api/occurrences/${dates[2]?.occurrenceId}/given-seats`, elsewhere),
    );
    await must(administrator.ask('PUT', '/api/publication-approval', { body: { required: true } }));
    await must(editor.browser.post(`/api/permanences/${permanence.id}/stop`, { from: '2040-01-01' }));
    await must(administrator.ask('PUT', '/api/publication-approval', { body: { required: false } }));
    const [proposal] = await must<{ id: string }[]>(editor.browser.get('/api/proposals'));
    const meeting = {
      roomId: room,
      start: '2027-01-12T14:00',
      end: '2027-01-12T15:00',
      title: 'Réunion',
      partnerId: partner,
    };
    const booking = await must<{ id: string }>(editor.browser.post('/api/room-bookings', meeting));
    const calendar = { kind: 'partner', partnerId: partner };
    const feed = await must<{ id: string }>(editor.browser.post('/api/calendars', calendar));
    const visit = await must<{ id: string }>(
      editor.browser.post('/api/visits', { siteId: site, motifId: motif, usagerId: kept.usagerId }),
    );
    const wish = { usagerId: kept.usagerId, motifId: motif };
    const waiting = await must<{ id: string }>(
      editor.browser.post('/api/waiting', { ...wish, from: '2027-01-11', until: '2027-02-11' }),
    );
    const invitation = await must<{ id: string }>(editor.browser.post('/api/invitations', wish));
    const offer = { id: randomUUID() };
    await superuser.query(
      `insert into slot_offer (space_id, id, partner_id, confidential, entry_id, hold_id, occurrence_id, site_id, starts_at, ends_at,
         told_by, made_at, deadline_at)
       select space_id, $2, partner_id, confidential, $3, id, occurrence_id, site_id, starts_at, ends_at, 'desk', created_at, starts_at
       from slot_hold where id = $1`,
      [hold.id, offer.id, waiting.id],
    );
    const followed = { partnerId: partner, address: 'https://127.0.0.1/agenda.ics' };
    const subscription = await must<{ id: string }>(editor.browser.post('/api/calendar-subscriptions', followed));
    const days = { partnerId: partner, from: '2028-01-03', to: '2028-01-04', cause: 'inventaire' };
    const closure = await must<{ id: string }>(editor.browser.post('/api/closures', days));
    const hours = { start: '2028-03-04T09:00', end: '2028-03-04T12:00' };
    const absence = await must<{ id: string }>(
      worker.browser.post('/api/absences', { agentId: agent, ...hours, label: 'formation' }),
    );
    const loan = await must<{ id: string }>(editor.browser.post('/api/office-loans', { roomId: room, ...hours }));
    const due = await remindersOf(spaceId, partner);
    for (const { id } of due) await api.app.get(SendReminder, { strict: false }).send(spaceId, id);
    const messages = await must<{ items: { id: string }[] }>(editor.browser.get('/api/messages'));
    const conflicts = await must<{ id: string }[]>(editor.browser.get('/api/conflicts'));
    const rooms = await must<{ rooms: { id: string; workstations: { id: string }[] }[] }>(
      administrator.get('/api/directory'),
    );
    return {
      partner,
      spaceId,
      editor: editor.browser,
      agent: worker.browser,
      email: editor.email,
      surname: first.lastName,
      ids: {
        account: editor.id,
        agent,
        appointment: kept.id,
        closure: closure.id,
        absence: absence.id,
        'office-loan': loan.id,
        calendar: feed.id,
        'calendar-subscription': subscription.id,
        conflict: conflicts[0]?.id ?? '',
        'given-seat': given.id,
        hold: hold.id,
        invitation: invitation.id,
        message: messages.items[0]?.id ?? '',
        motif,
        occurrence: dates[0]?.occurrenceId ?? '',
        offer: offer.id,
        partner,
        permanence: permanence.id,
        // what is confidential is never asked of the person in charge
        proposal: proposal?.id ?? randomUUID(),
        room,
        'room-booking': booking.id,
        rule: dates[0]?.ruleId ?? '',
        sector,
        series: series.id,
        site,
        usager: kept.usagerId,
        visit: visit.id,
        waiting: waiting.id,
        workstation: rooms.rooms.find(({ id }) => id === room)?.workstations[0]?.id ?? '',
      },
      secrets: {
        words: people.flatMap(({ firstName, lastName, note }) => [firstName, lastName, note]),
        phones: people.map(({ phone }) => phone),
        ids: [kept, called, stranded]
          .flatMap(({ id, usagerId }) => [id, usagerId])
          .concat(messages.items.map(({ id }) => id))
          .concat(visit.id, hold.id, waiting.id, invitation.id, offer.id)
          .concat(
            series.id,
            series.dates.flatMap(({ booked }) => booked?.id ?? []),
          ),
      },
    };
  }

  /**
   * What waits to be told. Events are read below the oldest transaction of the whole cluster: beside other tests a
   * round may find nothing yet, and the next one does.
   */
  async function remindersOf(spaceId: string, partner: string): Promise<{ id: string }[]> {
    for (;;) {
      await api.app.get(PlanReminders, { strict: false }).round();
      const { rows } = await superuser.query<{ id: string }>(
        `select id from reminder where space_id = $1 and partner_id = $2 and state = 'waiting'`,
        [spaceId, partner],
      );
      if (rows.length) return rows;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Every row of a space, or of a partner in its space, as text: what must be the same afterwards. */
  async function rowsOf(house: House, scope: 'space' | 'partner'): Promise<string[]> {
    const { rows: tables } = await superuser.query<{ name: string; columns: string[] }>(
      `select table_name as name, array_agg(column_name::text) as columns from information_schema.columns
       where table_schema = 'public' group by 1 having 'space_id' = any (array_agg(column_name)) order by 1`,
    );
    const found: string[] = [];
    for (const { name, columns } of tables) {
      // Tries at signing in and the log of refusals are written on purpose.
      if (['session', 'audit', 'password_reset', 'idempotency'].includes(name)) continue;
      const mine = OWNED_BY_PARTNER[name] ?? (columns.includes('partner_id') ? 'partner_id = $2' : null);
      if (scope === 'partner' && mine === null) continue;
      const where = scope === 'partner' ? mine : '$2::uuid is not null';
      const { rows } = await superuser.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${name} t where space_id = $1 and ${where} order by 1`,
        [house.spaceId, house.partner],
      );
      found.push(...rows.map(({ row }) => `${name} ${row}`));
    }
    return found;
  }

  interface Route {
    path: string;
    method: string;
    operation: Operation;
  }

  /** Reads first, then writes, and what ends things last: so that each finds something to be refused. */
  const routes = (): Route[] => {
    const all = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    );
    const rank = ({ path, method }: Route) =>
      method === 'GET'
        ? 0
        : path.startsWith('/api/session')
          ? 4
          : method === 'DELETE'
            ? 3
            : /cancel|stop/.test(path)
              ? 2
              : 1;
    return all.sort((one, other) => rank(one) - rank(other));
  };

  interface Walked {
    leaked: string[];
    broken: string[];
    neverUnderstood: string[];
    told: Map<string, number>;
  }

  /**
   * Asks every route for what is `other`'s: by all its ids at once, then by each kind of id alone among one's own.
   * @param mine where one's own ids come from
   */
  async function walk(
    who: Browser,
    again: () => Promise<Browser>,
    mine: House,
    other: House,
    only?: 'GET',
  ): Promise<Walked> {
    const requests = new RequestsOf(description);
    const walked: Walked = { leaked: [], broken: [], neverUnderstood: [], told: new Map() };
    let browser = who;
    // What is theirs never changes (that is what is tested): its version is asked once.
    const versions = new Map<Kind, Promise<number>>();
    const versionFor = (house: House, kind: Kind, path: string): Promise<number> => {
      if (house === mine && mine !== other) return versionOf(house, kind, path);
      const known = versions.get(kind) ?? versionOf(house, kind, path);
      versions.set(kind, known);
      return known;
    };
    const tryRoute = async ({ path, method, operation }: Route): Promise<void> => {
      const route = `${method} ${path}`;
      const kinds = requests.kindsOf(path, operation);
      const mixes = [kinds, ...kinds.map((kind) => [kind])];
      let understood = false;
      for (const foreign of mixes) {
        for (let variant = 0; variant < requests.variantsOf(operation); variant += 1) {
          const house = (kind: Kind) => (foreign.includes(kind) ? other : mine);
          const kindOfPath = requests.kindOfPath(path);
          const owner = kindOfPath ? house(kindOfPath) : mine;
          const request = requests.request(path, operation, {
            id: (kind) => house(kind).ids[kind],
            // A new permanence has no lines yet; its own elsewhere would be refused before anything else is looked at.
            ...(kindOfPath === 'permanence' || foreign.includes('rule') ? {} : { without: 'rule' }),
            version: kindOfPath && method !== 'GET' ? await versionFor(owner, kindOfPath, path) : 1,
            email: other.email,
            words: other.surname,
            variant,
          });
          const answer = isStream(operation)
            ? await listened(browser)
            : await browser.ask(method, request.path, request.body === undefined ? {} : { body: request.body });
          const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
          const sent = `${request.path} ${JSON.stringify(request.body ?? '')}`;
          const found = leaks(text, other, decodeURIComponent(sent));
          if (found.length) {
            walked.leaked.push(`${route} (${foreign.join(' ')}) said ${found.join(', ')}`);
            walked.told.set(route, found.length);
          }
          if (answer.status >= 500) walked.broken.push(`${route} ${answer.status} to ${sent}`);
          understood ||= wasUnderstood(answer);
          // Some routes end one's own session: the next question is asked signed in again.
          if (path.startsWith('/api/session') && method !== 'GET') browser = await again();
        }
      }
      if (!understood) walked.neverUnderstood.push(route);
    };
    const isRead = ({ method }: Route) => method === 'GET';
    // Reads change nothing: several at once. Writes one after the other, each finding what the one before left.
    const reads = routes().filter(isRead);
    await Promise.all(
      Array.from({ length: READERS }, async () => {
        for (let route = reads.shift(); route; route = reads.shift()) await tryRoute(route);
      }),
    );
    if (only !== 'GET') for (const route of routes().filter((one) => !isRead(one))) await tryRoute(route);
    return walked;
  }

  /** Whether a refusal is about whose things were named, and not about the shape of the request. */
  const wasUnderstood = ({
    status,
    body,
  }: {
    status: number;
    body: { errors?: { at: string }[] } | string;
  }): boolean => {
    if (status !== 400) return true;
    const errors = typeof body === 'string' ? [] : (body?.errors ?? []);
    return errors.length > 0 && errors.every(({ at }) => holdsAnId(at));
  };
  const isStream = ({ responses }: Operation) => 'text/event-stream' in (responses['200']?.content ?? {});

  /** Everything the live stream has to tell from the beginning. */
  async function listened(browser: Browser): Promise<{ status: number; body: string }> {
    const listening = new AbortController();
    const response = await fetch(`${api.url}/api/events`, {
      signal: listening.signal,
      headers: { cookie: `palier_session=${browser.cookies.get('palier_session')}`, 'last-event-id': '0-0' },
    });
    setTimeout(() => listening.abort(), 300);
    let body = '';
    try {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
        body += Buffer.from(chunk).toString();
    } catch {
      // the time to listen is over
    }
    return { status: response.status, body };
  }

  async function versionOf(owner: House, kind: Kind, path: string): Promise<number> {
    const { body } = await owner.editor.get(`/api/${path.split('/')[2]}/${owner.ids[kind]}`);
    return body?.version ?? 1;
  }

  const editorAgain = (house: House, role: 'partner-editor' | 'agent') => async () => {
    const browser = await api.browser().signIn(`${role}@${house.email.split('@')[1]}`, PASSWORD);
    if (role === 'agent') house.agent = browser;
    else house.editor = browser;
    return browser;
  };

  it('are all there, for the partner that receives them: what is looked for can be found', async () => {
    for (const house of [ours, theirs, confidential, elsewhere]) {
      expect(Object.entries(house.ids).filter(([, id]) => !id)).toEqual([]);
      const { told, neverUnderstood } = await walk(
        house.editor,
        editorAgain(house, 'partner-editor'),
        house,
        house,
        'GET',
      );
      expect(neverUnderstood).toEqual([]);
      expect([...told.keys()].sort()).toEqual(
        expect.arrayContaining([
          'GET /api/appointments/{id}',
          'GET /api/board',
          'GET /api/conflicts',
          'GET /api/events',
          'GET /api/messages',
          'GET /api/occurrences/{id}',
          'GET /api/usagers',
          'GET /api/usagers/{id}',
          'GET /api/usagers/{id}/appointments',
        ]),
      );
    }
  });

  it('every id this test asks with is one its owner is answered for', async () => {
    const requests = new RequestsOf(description);
    for (const { path, method, operation } of routes()) {
      const kind = requests.kindOfPath(path);
      if (method !== 'GET' || !kind) continue;
      const filling = { id: (one: Kind) => theirs.ids[one], version: 1, email: '', words: '', variant: 0 };
      const { status } = await theirs.editor.get(requests.request(path, operation, filling).path);
      expect([path, status]).toEqual([path, 200]);
    }
  });

  for (const role of ['partner-editor', 'agent'] as const) {
    const browserOf = (house: House) => (role === 'agent' ? house.agent : house.editor);

    it(`no route tells an account of role ${role} of them, nor lets it change anything of theirs`, async () => {
      const before = await rowsOf(theirs, 'partner');
      expect(before.length).toBeGreaterThan(20);
      const walked = await walk(browserOf(ours), editorAgain(ours, role), ours, theirs);
      expect(walked).toMatchObject({ leaked: [], broken: [], neverUnderstood: [] });
      expect(await rowsOf(theirs, 'partner')).toEqual(before);
    });

    it(`no route tells an account of role ${role} of another space, nor lets it change anything there`, async () => {
      const before = await rowsOf(elsewhere, 'space');
      expect(before.length).toBeGreaterThan(20);
      const walked = await walk(browserOf(ours), editorAgain(ours, role), ours, elsewhere);
      expect(walked).toMatchObject({ leaked: [], broken: [], neverUnderstood: [] });
      expect(await rowsOf(elsewhere, 'space')).toEqual(before);
    });
  }

  it('the desk, which sees every other partner’s, learns nothing of a confidential one’s', async () => {
    const before = await rowsOf(confidential, 'partner');
    const again = async () => desk;
    const seen = await walk(desk, again, ours, theirs, 'GET');
    expect(seen.told.has('GET /api/board')).toBe(true);
    const walked = await walk(desk, again, theirs, confidential, 'GET');
    expect(walked).toMatchObject({ leaked: [], broken: [], neverUnderstood: [] });
    expect(await rowsOf(confidential, 'partner')).toEqual(before);
  });
});

/** Tables that belong to a partner through another one. */
const OWNED_BY_PARTNER: Record<string, string> = {
  partner: 'id = $2',
  usager: 'id in (select usager_id from usager_partner where space_id = $1 and partner_id = $2)',
  // whoever else would come to receive their people
  usager_partner: 'usager_id in (select usager_id from usager_partner where space_id = $1 and partner_id = $2)',
  permanence_rule: 'permanence_id in (select id from permanence where space_id = $1 and partner_id = $2)',
  permanence_motif: 'permanence_id in (select id from permanence where space_id = $1 and partner_id = $2)',
  permanence_partner: 'permanence_id in (select id from permanence where space_id = $1 and partner_id = $2)',
  proposal: 'permanence_id in (select id from permanence where space_id = $1 and partner_id = $2)',
  seat_given: 'occurrence_id in (select id from occurrence where space_id = $1 and partner_id = $2)',
  permanence_exception: 'permanence_id in (select id from permanence where space_id = $1 and partner_id = $2)',
  occurrence_agent: 'occurrence_id in (select id from occurrence where space_id = $1 and partner_id = $2)',
  room_booking_agent: 'room_booking_id in (select id from room_booking where space_id = $1 and partner_id = $2)',
  room: '$2::uuid is not null',
  site: '$2::uuid is not null',
};
