import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postgresLog } from '../support/database';
import { PermanenceSpace } from '../support/permanences';

const deadlocks = async () => (await readFile(postgresLog(), 'utf8')).split('deadlock detected').length;

describe('someone books while someone else changes the date', () => {
  let there: PermanenceSpace;
  let partner: string;
  let motif: string;
  let people: string[];
  let deadlocksBefore: number;
  beforeAll(async () => {
    there = await PermanenceSpace.open('2027-01-04T07:00', { poolSize: 16 });
    partner = await there.space.partner('AEF 94');
    motif = await there.space.motif(partner, 'Premier rendez-vous');
    people = await Promise.all(Array.from({ length: 8 }, (_, n) => there.space.usager('Personne', `Numéro ${n}`)));
    deadlocksBefore = await deadlocks();
  });
  afterAll(() => there?.close());

  const book = (occurrenceId: string, start: string, usagerId: string) =>
    there.space.booking.book(
      there.space.viewer('desk'),
      { occurrenceId, motifId: motif, start, agentId: null, usagerId },
      null,
    );

  it('whoever was booked on a date that is cancelled is to be settled; nobody is booked on it afterwards', async () => {
    const body = there.body(partner, [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', from: '2027-01-05', seats: 4 }], {
      motifIds: [motif],
    });
    const { id } = await there.publish(body);
    const dates = await there.dates(id, { from: '2027-01-05', count: 12 });
    let booked = 0;
    for (const date of dates) {
      const outcomes = await Promise.all([
        ...people.map((person) => book(date.occurrenceId as string, `${date.start.slice(0, 10)}T09:00`, person)),
        there.changeDate(id, date.originalStart, { kind: 'cancelled', cause: 'grève' }),
      ]);
      for (const outcome of outcomes.slice(0, -1) as Awaited<ReturnType<typeof book>>[]) {
        if (outcome.ok) booked += 1;
        else expect(['occurrence-cancelled', 'slot-taken']).toContain(outcome.why);
      }
    }
    expect(booked).toBeGreaterThan(0);
    const stranded = await there.space.sql(
      `select (select count(*)::int from appointment) as appointments,
         (select count(*)::int from conflict where kind = 'appointment-stranded' and settled_at is null) as to_settle`,
    );
    expect(stranded).toEqual([{ appointments: booked, to_settle: booked }]);
    expect(await book(dates[0]?.occurrenceId as string, `${dates[0]?.start}`, people[0] as string)).toMatchObject({
      ok: false,
      why: 'occurrence-cancelled',
      detail: 'grève',
    });
  });

  it('moving a stranded person to another date settles it', async () => {
    const body = there.body(partner, [{ rrule: 'FREQ=WEEKLY;BYDAY=WE', from: '2027-01-06' }], {
      motifIds: [motif],
      title: 'Mercredi',
    });
    const { id } = await there.publish(body);
    const [first, second] = await there.dates(id, { from: '2027-01-06', count: 2 });
    const booked = await book(first?.occurrenceId as string, '2027-01-06T09:00', people[0] as string);
    if (!booked.ok) throw new Error(booked.why);
    await there.changeDate(id, first?.originalStart as string, { kind: 'cancelled', cause: 'absence' });
    const open = () =>
      there.space.sql('select kind from conflict where appointment_id = $1 and settled_at is null', [booked.value.id]);
    expect(await open()).toHaveLength(1);
    const moved = await there.space.moving.move(there.space.viewer('desk'), booked.value.id, {
      occurrenceId: second?.occurrenceId as string,
      start: '2027-01-13T09:00',
      agentId: null,
      version: 1,
    });
    expect(moved.ok).toBe(true);
    expect(await open()).toEqual([]);
  });

  it('PostgreSQL saw no deadlock in all this', async () => {
    expect(await deadlocks()).toBe(deadlocksBefore);
  });
});
