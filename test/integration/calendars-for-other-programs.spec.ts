import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalDateTime, toInstant } from '@app/time';
import pg from 'pg';
import { type Browser, startApi, type TestApi } from '../support/api';
import { CALENDAR_READERS, type TakesPlace } from '../support/calendar-readers';
import { superuserUrl } from '../support/database';
import { aSpaceWithPeople, PASSWORD } from '../support/people';

const NOW = toInstant('2027-01-04T07:00' as LocalDateTime);
/** What one test publishes, and others find. */
const THURSDAYS = 'SUMMARY:Permanence du jeudi';
const seconds = (local: string) => toInstant(local as LocalDateTime) / 1000;

describe('calendars for other programs', () => {
  let api: TestApi;
  let superuser: pg.Client;
  let spaceId: string;
  let manager: Browser;
  let editor: Browser;
  let other: Browser;
  let desk: Browser;
  let agentBrowser: Browser;
  let hidden: Browser;
  let stranger: Browser;
  const id: Record<string, string> = {};

  beforeAll(async () => {
    api = await startApi({ PALIER_CLOCK_OFFSET_MS: String(NOW - Date.now()) });
    superuser = new pg.Client({ connectionString: superuserUrl(api.database) });
    await superuser.connect();
    const here = await aSpaceWithPeople(api.database, 'Chevilly', {
      Max: { role: 'manager' },
      Eva: { role: 'partner-editor', partner: 'Parquet' },
      Tom: { role: 'partner-editor', partner: 'EDF' },
      Ana: { role: 'agent', partner: 'Parquet' },
      Ida: { role: 'partner-editor', partner: 'Personnel' },
      Lea: { role: 'desk' },
    });
    spaceId = here.id;
    const elsewhere = await aSpaceWithPeople(api.database, 'Fresnes', { Fanny: { role: 'administrator' } });
    const signIn = (person: { email: string } | undefined) => api.browser().signIn(person?.email ?? '', PASSWORD);
    [manager, editor, other, agentBrowser, hidden, desk] = (await Promise.all(
      ['Max', 'Eva', 'Tom', 'Ana', 'Ida', 'Lea'].map((name) => signIn(here.people[name])),
    )) as [Browser, Browser, Browser, Browser, Browser, Browser];
    stranger = await signIn(elsewhere.people.Fanny);
    await superuser.query('update partner set confidential = true where space_id = $1 and id = $2', [
      spaceId,
      here.partners.Personnel,
    ]);

    const openings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '08:30', closes: '17:30' }));
    const made = async (browser: Browser, path: string, body: unknown): Promise<string> => {
      const answer = await browser.post(path, body);
      if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
      return answer.body.id;
    };
    id.parquet = here.partners.Parquet ?? '';
    id.edf = here.partners.EDF ?? '';
    id.personnel = here.partners.Personnel ?? '';
    id.site = await made(manager, '/api/sites', { name: 'Rue du Béarn', address: '3 rue du Béarn', openings });
    id.room = await made(manager, '/api/rooms', { siteId: id.site, name: 'Bureau 1', capacity: 3 });
    id.otherRoom = await made(manager, '/api/rooms', { siteId: id.site, name: 'Bureau 2', capacity: 3 });
    id.agent = await made(editor, '/api/agents', { partnerId: id.parquet, name: 'Paul Vasseur' });
    id.motif = await made(editor, '/api/motifs', {
      partnerId: id.parquet,
      label: 'Violences',
      discreetLabel: 'Entretien',
      durationMinutes: 30,
    });
    await superuser.query('update account set agent_id = $3 where space_id = $1 and id = $2', [
      spaceId,
      here.people.Ana?.id,
      id.agent,
    ]);

    const rule = { from: '2027-01-01', siteId: id.site, roomId: id.room, mode: 'appointment' };
    const publish = async (browser: Browser, body: Record<string, unknown>): Promise<string> => {
      const permanence = await made(browser, '/api/permanences', body);
      const published = await browser.post(`/api/permanences/${permanence}/publish`, { version: 1 });
      if (published.status !== 200) throw new Error(JSON.stringify(published.body));
      return permanence;
    };
    const permanence = await publish(editor, {
      partnerId: id.parquet,
      title: 'Correspondant du Parquet ; plaintes, conseils',
      publicNote: 'Apportez\nvos papiers',
      motifIds: [id.motif],
      rules: [
        { ...rule, rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '10:30', agentIds: [id.agent] },
        { ...rule, rrule: 'FREQ=MONTHLY;BYDAY=1WE,5WE', start: '09:00', end: '12:30', mode: 'walk-in' },
        { ...rule, rrule: 'FREQ=MONTHLY;BYDAY=-1TH', start: '14:00', end: '17:00', mode: 'group' },
        { ...rule, rrule: 'FREQ=WEEKLY;BYDAY=TU', parity: 'odd', start: '09:00', end: '11:00' },
      ],
    });
    await publish(editor, {
      partnerId: id.parquet,
      title: 'Bilan interne',
      visibility: 'internal',
      rules: [{ ...rule, rrule: 'FREQ=WEEKLY;BYDAY=FR', start: '09:00', end: '10:00', mode: 'internal' }],
    });
    await publish(other, {
      partnerId: id.edf,
      title: 'EDF Précarité',
      rules: [{ ...rule, roomId: id.otherRoom, rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '12:00' }],
    });
    await publish(hidden, {
      partnerId: id.personnel,
      title: 'Écoute du personnel',
      rules: [{ ...rule, rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '14:00', end: '16:00' }],
    });
    const dates = (
      await editor.get<{ occurrenceId: string; ruleId: string; start: string }[]>(
        `/api/permanences/${permanence}/dates?from=2027-01-01&count=20`,
      )
    ).body;
    const changeDate = async (start: string, change: Record<string, unknown>) => {
      const ruleId = dates.find((date) => date.start === start)?.ruleId;
      const answer = await editor.post(`/api/permanences/${permanence}/dates`, {
        ruleId,
        originalStart: start,
        change,
      });
      if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    };
    id.occurrence = dates.find(({ start }) => start === '2027-01-11T09:00')?.occurrenceId ?? '';
    await made(editor, '/api/appointments', {
      occurrenceId: id.occurrence,
      motifId: id.motif,
      start: '2027-01-11T09:00',
      usager: { firstName: 'Aubierge', lastName: 'Zeltaquin', phone: '06 39 98 42 01' },
    });
    await changeDate('2027-01-18T09:00', { kind: 'cancelled', cause: 'audience' });
    await changeDate('2027-01-25T09:00', {
      kind: 'changed',
      date: '2027-01-25',
      start: '15:00',
      end: '16:30',
      roomId: id.otherRoom,
    });
    await made(editor, '/api/room-bookings', {
      roomId: id.room,
      start: '2027-01-12T14:00',
      end: '2027-01-12T15:00',
      title: 'Entretien Mme Zeltaquin',
      partnerId: id.parquet,
    });
  });
  afterAll(async () => {
    await superuser?.end();
    await api?.stop();
  });

  const link = async (browser: Browser, body: Record<string, unknown>) => {
    const { status, body: answer } = await browser.post<{ id: string; url: string }>('/api/calendars', body);
    expect(status).toBe(201);
    const path = new URL(answer.url).pathname;
    expect(path).toMatch(/^\/calendriers\/[\w-]{43}\.ics$/);
    return { id: answer.id, path };
  };
  const feed = async (path: string, query = '') => {
    const { status, body, headers } = await api.browser().get<string>(path + query);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    return body;
  };
  const unfolded = (text: string) => text.replaceAll('\r\n ', '');
  const events = (text: string) =>
    unfolded(text)
      .split('BEGIN:VEVENT')
      .slice(1)
      .map((part) => part.split('\r\n'));
  const summaries = (text: string) =>
    new Set(events(text).flatMap((lines) => lines.filter((line) => line.startsWith('SUMMARY:'))));
  const held = async (where: string, parameters: unknown[] = []): Promise<TakesPlace[]> => {
    const { rows } = await superuser.query(
      `select extract(epoch from o.starts_at)::int as start, extract(epoch from o.ends_at)::int as end, p.title
       from occurrence o join permanence p on p.space_id = o.space_id and p.id = o.permanence_id
       where o.space_id = $1 and o.state = 'held' and ${where} order by 1, 2, 3`,
      [spaceId, ...parameters],
    );
    return rows.map((row) => [row.start, row.end, row.title]);
  };

  it.each(CALENDAR_READERS)(
    '$name finds the instants we laid out, by dates and by rules, changed dates and both clock changes included',
    async ({ name, read }) => {
      const { path } = await link(manager, { kind: 'space' });
      const expected = await held(`o.visibility = 'public' and not o.confidential`);
      // The Monday that was moved, the one that was cancelled, Easter Monday; 8:00 UTC before the summer, 7:00 within.
      const starts = new Set(expected.map(([start]) => start));
      expect(
        ['2027-01-25T15:00', '2027-03-22T09:00', '2027-04-05T09:00', '2027-10-25T09:00', '2027-11-08T09:00'].map(
          (local) => starts.has(seconds(local)),
        ),
      ).toEqual([true, true, true, true, true]);
      expect(expected.filter(([, , title]) => title.startsWith('Corr')).map(([start]) => start)).not.toContain(
        seconds('2027-01-18T09:00'),
      );
      expect(starts.has(seconds('2027-03-29T09:00'))).toBe(false);

      const [byDates, byRules] = [await feed(path), await feed(path, '?forme=regles')];
      const found = read(byDates);
      if (found === null) {
        console.warn(`NOT INSTALLED: ${name}. This reader was not asked about our calendars.`);
        return;
      }
      expect(found).toEqual(expected);
      expect(read(byRules)).toEqual(expected);
    },
    60_000,
  );

  it('by rules, only those that every reader agrees on repeat, and the text is a tenth as long', async () => {
    const { path } = await link(manager, { kind: 'space' });
    const text = await feed(path, '?forme=regles');
    const rules = unfolded(text)
      .split('\r\n')
      .filter((line) => line.startsWith('RRULE') && line.includes('UNTIL'));
    expect(rules.map((line) => line.split(';UNTIL')[0]).sort()).toEqual([
      'RRULE:FREQ=MONTHLY;BYDAY=-1TH',
      'RRULE:FREQ=WEEKLY;BYDAY=MO',
      'RRULE:FREQ=WEEKLY;BYDAY=MO',
    ]);
    expect(text).toContain('RECURRENCE-ID;TZID=Europe/Paris:20270125T090000');
    expect(text).toContain('EXDATE;TZID=Europe/Paris:20270118T090000');
    expect(text).not.toContain('1WE,5WE');
  });

  it('the calendar of the place tells what is public, with its address, and takes nobody’s time', async () => {
    const { path } = await link(manager, { kind: 'space', label: 'Site de la ville' });
    const text = await feed(path);
    expect(summaries(text)).toEqual(
      new Set(['SUMMARY:Correspondant du Parquet \\; plaintes\\, conseils', 'SUMMARY:EDF Précarité']),
    );
    expect(text).not.toMatch(/Bilan|Personnel|Écoute|Zeltaquin|Vasseur|Bureau/);
    expect(unfolded(text)).toContain('LOCATION:Rue du Béarn\\, 3 rue du Béarn');
    expect(unfolded(text)).toContain('DESCRIPTION:Parquet\\nSur rendez-vous\\nApportez\\nvos papiers');
    expect(text).not.toContain('TRANSP:OPAQUE');
    expect(unfolded(await feed(path, '?lang=en'))).toContain('DESCRIPTION:Parquet\\nBy appointment');
  });

  it('a cancelled date is said to be, under its own identity, with its reason', async () => {
    const { path } = await link(editor, { kind: 'partner', partnerId: id.parquet });
    const cancelled = events(await feed(path)).filter((lines) => lines.includes('STATUS:CANCELLED'));
    expect(cancelled).toHaveLength(1);
    expect(cancelled[0]).toContain('DTSTART;TZID=Europe/Paris:20270118T090000');
    expect(cancelled[0]?.join('\n')).toContain('Annulé : audience');
  });

  it('a date that changes keeps its identity, and its SEQUENCE grows', async () => {
    const { path } = await link(editor, { kind: 'partner', partnerId: id.parquet });
    const uidAndSequence = async () => {
      const lines = events(await feed(path)).find((one) => one.some((line) => line === `UID:${id.occurrence}@palier`));
      return Number(lines?.find((line) => line.startsWith('SEQUENCE:'))?.slice('SEQUENCE:'.length));
    };
    const before = await uidAndSequence();
    expect(await uidAndSequence()).toBe(before);
    await superuser.query('update occurrence set room_id = null where space_id = $1 and id = $2', [
      spaceId,
      id.occurrence,
    ]);
    expect(await uidAndSequence()).toBeGreaterThan(before);
    await superuser.query('update occurrence set room_id = $3 where space_id = $1 and id = $2', [
      spaceId,
      id.occurrence,
      id.room,
    ]);
  });

  it('a date that a change of its rule takes away stays, cancelled under its own identity, in every calendar that had it', async () => {
    const rule = { from: '2027-01-07', siteId: id.site, roomId: id.otherRoom, mode: 'walk-in', agentIds: [id.agent] };
    const body = {
      partnerId: id.parquet,
      title: 'Permanence du jeudi',
      rules: [{ ...rule, rrule: 'FREQ=WEEKLY;BYDAY=TH;COUNT=4', start: '14:00', end: '16:00' }],
    };
    const made = await editor.post<{ id: string }>('/api/permanences', body);
    const at = `/api/permanences/${made.body.id}`;
    await editor.post(`${at}/publish`, { version: 1 });
    const links = await Promise.all([
      link(manager, { kind: 'space' }),
      link(editor, { kind: 'partner', partnerId: id.parquet }),
      link(editor, { kind: 'agent', agentId: id.agent }),
      link(manager, { kind: 'room', roomId: id.otherRoom }),
    ]);
    const ofThis = (text: string) => events(text).filter((lines) => lines.includes(THURSDAYS));
    const value = (lines: string[], name: string) =>
      lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
    const told = async (path: string) =>
      new Map(
        ofThis(await feed(path)).map((lines) => [
          value(lines, 'UID') ?? '',
          { status: value(lines, 'STATUS'), sequence: Number(value(lines, 'SEQUENCE')) },
        ]),
      );
    const before = await told(links[0]?.path ?? '');
    expect([...before.values()].map(({ status }) => status)).toEqual(Array(4).fill('CONFIRMED'));

    // Every other Thursday from now on, and the last of those left is closed.
    const rules = [{ ...body.rules[0], rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=2' }];
    const read = (await editor.get<{ version: number; rules: { id: string }[] }>(at)).body;
    const permanence = { ...body, rules: rules.map((one) => ({ ...one, id: read.rules[0]?.id })) };
    const changed = await editor.put(at, { permanence, version: read.version });
    expect(changed.status).toBe(200);
    const closing = { siteId: id.site, from: '2027-01-21', to: '2027-01-21', cause: 'travaux' };
    const closed = await manager.post('/api/closures', closing);
    expect(closed.status).toBe(201);

    for (const { path } of links) {
      const after = await told(path);
      expect([...after].map(([uid]) => uid).sort()).toEqual([...before.keys()].sort());
      expect([...after.values()].map(({ status }) => status).sort()).toEqual([
        ...Array(3).fill('CANCELLED'),
        'CONFIRMED',
      ]);
      for (const [uid, { status, sequence }] of after)
        if (status === 'CANCELLED') expect(sequence).toBeGreaterThan(before.get(uid)?.sequence ?? 0);
    }
    for (const form of ['', '?forme=regles']) {
      const text = await feed(links[0]?.path ?? '', form);
      for (const { read: reading } of CALENDAR_READERS) {
        const found = reading(text)?.filter(([, , summary]) => summary === 'Permanence du jeudi');
        if (found) expect(found.map(([start]) => start)).toEqual([seconds('2027-01-07T14:00')]);
      }
    }
    const { rows } = await superuser.query('select * from withdrawn_date where space_id = $1', [spaceId]);
    expect(rows).toHaveLength(2);
    await superuser.query(`select prune_withdrawn_dates('2027-03-01')`);
    expect((await told(links[0]?.path ?? '')).size).toBe(2);
  });

  it('an agent reads “Rendez-vous” and never a name, a reason, or what a meeting was called', async () => {
    const { path } = await link(agentBrowser, { kind: 'agent', agentId: id.agent });
    const text = await feed(path);
    expect(summaries(text)).toEqual(
      new Set(['SUMMARY:Correspondant du Parquet \\; plaintes\\, conseils', 'SUMMARY:Rendez-vous', THURSDAYS]),
    );
    expect(text).not.toMatch(/Zeltaquin|Aubierge|Violences|Entretien|98 42|9842/);
    await superuser.query('update appointment set confidential = true where space_id = $1 and occurrence_id = $2', [
      spaceId,
      id.occurrence,
    ]);
    expect(summaries(await feed(path))).toContain('SUMMARY:Occupé');
    expect(summaries(await feed(path))).not.toContain('SUMMARY:Rendez-vous');
    const partner = await link(editor, { kind: 'partner', partnerId: id.parquet });
    const ofPartner = await feed(partner.path);
    expect(summaries(ofPartner)).toEqual(
      new Set([
        'SUMMARY:Correspondant du Parquet \\; plaintes\\, conseils',
        'SUMMARY:Bilan interne',
        'SUMMARY:Salle réservée',
        THURSDAYS,
      ]),
    );
    expect(ofPartner).not.toMatch(/Zeltaquin|EDF|Écoute/);
  });

  it('a room tells what is public, and for the rest that it is busy', async () => {
    const { path } = await link(manager, { kind: 'room', roomId: id.room });
    const text = await feed(path);
    expect(summaries(text)).toEqual(
      new Set(['SUMMARY:Correspondant du Parquet \\; plaintes\\, conseils', 'SUMMARY:Occupé']),
    );
    expect(text).not.toMatch(/Bilan|Écoute|Personnel|Zeltaquin|EDF/);
    const busy = events(text).filter((lines) => lines.includes('SUMMARY:Occupé'));
    const starts = busy.flatMap((lines) => lines.filter((line) => line.startsWith('DTSTART')));
    // The confidential interview, the internal meeting, the single booking.
    expect(starts).toEqual(
      expect.arrayContaining(
        ['20270104T140000', '20270108T090000', '20270112T140000'].map((at) => `DTSTART;TZID=Europe/Paris:${at}`),
      ),
    );
  });

  it('what is confidential is busy in its own partner’s calendar too: it leaves the house', async () => {
    const { path } = await link(hidden, { kind: 'partner', partnerId: id.personnel });
    const text = await feed(path);
    expect(summaries(text)).toEqual(new Set(['SUMMARY:Occupé']));
    expect(text).not.toMatch(/Écoute|Béarn|Bureau|Sur rendez-vous/);
  });

  it('is not sent again while nothing changed, and travels compressed', async () => {
    const { path } = await link(manager, { kind: 'space' });
    const first = await fetch(api.url + path, { headers: { 'accept-encoding': 'gzip' } });
    expect([first.status, first.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    await first.arrayBuffer();
    const etag = first.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const again = await fetch(api.url + path, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await superuser.query(`update permanence set title = 'EDF et eau' where space_id = $1 and partner_id = $2`, [
      spaceId,
      id.edf,
    ]);
    const changed = await fetch(api.url + path, { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    await changed.arrayBuffer();
    await superuser.query(`update permanence set title = 'EDF Précarité' where space_id = $1 and partner_id = $2`, [
      spaceId,
      id.edf,
    ]);
  });

  it('an address answers until it is renewed, then the new one until it is revoked', async () => {
    const { id: feedId, path } = await link(editor, { kind: 'partner', partnerId: id.parquet, label: 'Agenda' });
    await feed(path);
    const renewed = await editor.post<{ url: string }>(`/api/calendars/${feedId}/renew`);
    const fresh = new URL(renewed.body.url).pathname;
    expect((await api.browser().get(path)).status).toBe(404);
    await feed(fresh);
    expect((await editor.delete(`/api/calendars/${feedId}`)).status).toBe(204);
    expect((await api.browser().get(fresh)).status).toBe(404);
    expect((await api.browser().get('/calendriers/rien.ics')).status).toBe(404);
    expect((await editor.get<{ id: string }[]>('/api/calendars')).body.map((one) => one.id)).not.toContain(feedId);
  });

  it('no secret is kept, nor told twice', async () => {
    const { id: feedId, path } = await link(editor, {
      kind: 'partner',
      partnerId: id.parquet,
      label: 'Téléphone d’Eva',
    });
    const secret = path.slice('/calendriers/'.length, -'.ics'.length);
    const { rows } = await superuser.query('select to_jsonb(f)::text as row from calendar_feed f where id = $1', [
      feedId,
    ]);
    expect(rows[0].row).not.toContain(secret);
    const listed = await editor.get<{ id: string; label: string }[]>('/api/calendars');
    expect(listed.body.find((one) => one.id === feedId)).toMatchObject({
      label: 'Téléphone d’Eva',
      partnerId: id.parquet,
    });
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    const key = { 'idempotency-key': 'one-calendar-please' };
    const twice = [await editor.post('/api/calendars', { kind: 'partner', partnerId: id.parquet }, key)];
    twice.push(await editor.post('/api/calendars', { kind: 'partner', partnerId: id.parquet }, key));
    expect(twice[1]?.body.id).toBe(twice[0]?.body.id);
    expect(twice[1]?.body.url).not.toBe(twice[0]?.body.url);
  });

  it('whoever is replaced on a date reads that it is cancelled for her, and that it is hers again when she is put back', async () => {
    const rule = { from: '2027-01-08', siteId: id.site, roomId: id.otherRoom, mode: 'walk-in', agentIds: [id.agent] };
    const other = await editor.post<{ id: string }>('/api/agents', { partnerId: id.parquet, name: 'Nina Relais' });
    const made = await editor.post<{ id: string }>('/api/permanences', {
      partnerId: id.parquet,
      title: 'Permanence du vendredi',
      rules: [{ ...rule, rrule: 'FREQ=WEEKLY;BYDAY=FR;COUNT=1', start: '14:00', end: '16:00' }],
    });
    const at = `/api/permanences/${made.body.id}`;
    await editor.post(`${at}/publish`, { version: 1 });
    const ruleId = (await editor.get<{ rules: { id: string }[] }>(at)).body.rules[0]?.id;
    const mine = await link(editor, { kind: 'agent', agentId: id.agent });
    const hers = await link(editor, { kind: 'agent', agentId: other.body.id });
    const told = async (path: string) =>
      events(await feed(path))
        .filter((lines) => lines.some((line) => line.includes('Permanence du vendredi')))
        .map((lines) => {
          const value = (name: string) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
          return { uid: value('UID'), status: value('STATUS'), sequence: Number(value('SEQUENCE')) };
        });
    const [before] = await told(mine.path);
    expect([before?.status, await told(hers.path)]).toEqual(['CONFIRMED', []]);
    const change = async (decided: Record<string, unknown>) => {
      const body = { ruleId, originalStart: '2027-01-08T14:00', change: decided };
      const { status } = await editor.post(`${at}/dates`, body);
      expect([200, 201]).toContain(status);
    };
    const asItIs = { kind: 'changed', date: '2027-01-08', start: '14:00', end: '16:00', roomId: null, cause: '' };
    await change({ ...asItIs, agentIds: [other.body.id] });
    const [replaced] = await told(mine.path);
    expect([replaced?.uid, replaced?.status]).toEqual([before?.uid, 'CANCELLED']);
    expect(replaced?.sequence).toBeGreaterThan(before?.sequence ?? 0);
    expect((await told(hers.path)).map(({ uid, status }) => [uid, status])).toEqual([[before?.uid, 'CONFIRMED']]);
    await change({ kind: 'as-the-rule-says' });
    const [again] = await told(mine.path);
    expect([again?.uid, again?.status]).toEqual([before?.uid, 'CONFIRMED']);
    expect(again?.sequence).toBeGreaterThan(replaced?.sequence ?? 0);
    expect((await told(hers.path)).map(({ status }) => status)).toEqual(['CANCELLED']);
    await editor.post(`${at}/stop`, { from: '2027-01-08' });
  });

  it('only the place’s people, the partner’s own and the agent hand out a calendar', async () => {
    const tries: [Browser, Record<string, unknown>, number][] = [
      [desk, { kind: 'space' }, 403],
      [editor, { kind: 'space' }, 403],
      [editor, { kind: 'room', roomId: id.room }, 403],
      [editor, { kind: 'partner', partnerId: id.edf }, 403],
      [other, { kind: 'agent', agentId: id.agent }, 403],
      [agentBrowser, { kind: 'partner', partnerId: id.parquet }, 403],
      // A confidential partner's calendar is its own people's to give.
      [manager, { kind: 'partner', partnerId: id.personnel }, 403],
      [stranger, { kind: 'partner', partnerId: id.parquet }, 404],
      [stranger, { kind: 'room', roomId: id.room }, 404],
      [stranger, { kind: 'agent', agentId: id.agent }, 404],
      [editor, { kind: 'agent', agentId: id.agent }, 201],
      [manager, { kind: 'agent', agentId: id.agent }, 201],
    ];
    for (const [browser, body, status] of tries) {
      expect([body, (await browser.post('/api/calendars', body)).status]).toEqual([body, status]);
    }
    const { id: ours, path } = await link(editor, { kind: 'partner', partnerId: id.parquet });
    for (const browser of [other, desk, hidden, stranger, agentBrowser]) {
      expect((await browser.post(`/api/calendars/${ours}/renew`)).status).toBe(404);
      expect((await browser.delete(`/api/calendars/${ours}`)).status).toBe(404);
      expect((await browser.get<{ id: string }[]>('/api/calendars')).body.map((one) => one.id)).not.toContain(ours);
    }
    await feed(path);
    expect((await api.browser().get('/api/calendars')).status).toBe(401);
  });

  it('the addresses told to someone die with her account, those of the public calendar do not', async () => {
    const { rows } = await superuser.query(`select id from account where space_id = $1 and name = 'Max'`, [spaceId]);
    const [ofRoom, ofSpace] = [
      await link(manager, { kind: 'room', roomId: id.room }),
      await link(manager, { kind: 'space' }),
    ];
    const close = (at: string | null) =>
      superuser.query('update account set disabled_at = $3 where space_id = $1 and id = $2', [spaceId, rows[0].id, at]);
    await close('2027-01-04T06:00:00Z');
    expect((await api.browser().get(ofRoom.path)).status).toBe(404);
    await feed(ofSpace.path);
    await close(null);
    await feed(ofRoom.path);
  });
});
