import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Appointment,
  Board,
  Booked,
  BookedSeries,
  CancelledFollowing,
  OccurrenceDetail,
  SeriesPlan,
  SeriesUndone,
  Slots,
} from '@app/contract';
import { z } from 'zod';
import { type Browser, startApi, type TestApi } from '../support/api';
import { PlannedSpace } from '../support/planned-space';
import { PASSWORD } from '../support/sign-in';

describe('booking over HTTP', () => {
  let space: PlannedSpace;
  let api: TestApi;
  let desk: Browser;
  let elsewhere: Browser;
  let motif: string;
  let date: string;
  let someone: string;
  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-05T08:00');
    const aef = await space.partner('AEF 94');
    const edf = await space.partner('EDF');
    motif = await space.motif(aef, 'Dette');
    const room = await space.room('Bureau 7');
    [date = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      room,
      dates: ['2027-01-05 09:00-12:00'],
    });
    someone = await space.usager('Yasmine', 'Martin');
    api = await startApi(
      { PALIER_CLOCK_OFFSET_MS: String(space.clock.now() - Date.now()) },
      { database: space.database },
    );
    desk = await api.browser().signIn(await space.account('desk'), PASSWORD);
    elsewhere = await api.browser().signIn(await space.account('partner-editor', edf), PASSWORD);
  });
  afterAll(async () => {
    await api?.stop();
    await space?.close();
  });

  const shaped = <T>(schema: z.ZodType<T>, answer: { status: number; body: unknown }): T => {
    expect(answer.status).toBeLessThan(300);
    return z.strictObject((schema as unknown as z.ZodObject).shape).parse(answer.body) as T;
  };

  it('a person finds a slot, is booked, moves, comes, and every answer has the contract’s shape', async () => {
    const { slots } = shaped(Slots, await desk.get(`/api/slots?motif=${motif}&days=30`));
    expect(slots.map(({ start }) => start)).toEqual(['2027-01-05T09:00', '2027-01-05T09:30', '2027-01-05T10:00']);
    const [first, second] = slots;
    const asked = await desk.post('/api/appointments', {
      occurrenceId: date,
      motifId: motif,
      start: first?.start,
      usagerId: someone,
    });
    expect(asked.status).toBe(201);
    const { id } = shaped(Booked, asked);
    shaped(Board, await desk.get(`/api/board?site=${space.siteId}&date=2027-01-05`));
    const detail = shaped(OccurrenceDetail, await desk.get(`/api/occurrences/${date}`));
    expect(detail.free).toHaveLength(5);
    const moved = await desk.post(`/api/appointments/${id}/move`, {
      occurrenceId: date,
      start: second?.start,
      version: 1,
    });
    expect(shaped(Booked, moved).start).toBe('2027-01-05T09:30');
    const late = await desk.post(`/api/appointments/${id}/move`, {
      occurrenceId: date,
      start: first?.start,
      version: 1,
    });
    expect([late.status, late.body.why]).toEqual([409, 'version']);
    expect((await desk.post(`/api/appointments/${id}/state`, { state: 'noShow', version: 2 })).body.why).toBe(
      'too-early',
    );
    expect((await desk.post(`/api/appointments/${id}/state`, { state: 'arrived', version: 2 })).status).toBe(204);
    const appointment = shaped(Appointment, await desk.get(`/api/appointments/${id}`));
    expect(appointment).toMatchObject({ state: 'arrived', usagerName: 'Yasmine Martin', bookedBy: 'desk', version: 2 });
    expect((await desk.get(`/api/usagers/${someone}/appointments`)).body).toEqual([appointment]);
    expect((await desk.post(`/api/appointments/${id}/cancel`, { by: 'usager', version: 2 })).body.why).toBe(
      'cannot-become',
    );
    await desk.post(`/api/appointments/${id}/state`, { state: 'planned', version: 2 });
    expect((await desk.post(`/api/appointments/${id}/cancel`, { by: 'usager', version: 2 })).status).toBe(204);
  });

  it('what belongs to another partner is not found, and the attempt is kept', async () => {
    const { body } = await desk.post('/api/appointments', {
      occurrenceId: date,
      motifId: motif,
      start: '2027-01-05T11:00',
      usagerId: someone,
    });
    const attempts: [string, string, object?][] = [
      ['GET', `/api/appointments/${body.id}`],
      ['POST', `/api/appointments/${body.id}/move`, { occurrenceId: date, start: '2027-01-05T10:00', version: 1 }],
      ['POST', `/api/appointments/${body.id}/cancel`, { by: 'agent', version: 1 }],
      ['POST', `/api/appointments/${body.id}/state`, { state: 'confirmed', version: 1 }],
      ['GET', `/api/usagers/${someone}/appointments`],
    ];
    for (const [method, path, asked] of attempts) {
      expect([path, (await elsewhere.ask(method, path, { body: asked })).status]).toEqual([path, 404]);
    }
    const kept = await space.sql(`select count(*)::int as n from audit where outcome = 'refused'`);
    expect(kept[0].n).toBe(attempts.length);
    expect((await desk.get(`/api/appointments/${body.id}`)).body.state).toBe('planned');
  });

  it('a series is planned, booked date by date with each refusal in words, cancelled from one on and given back', async () => {
    const follow = await space.motif(await space.partner('CAF'), 'Suivi');
    const [row] = await space.sql(`select partner_id from motif where id = '${follow}'`);
    const days = ['2027-01-12 09:00-10:00', '2027-01-19 09:00-10:00', '2027-01-26 09:00-10:00'];
    await space.permanence({ partnerId: row.partner_id, motifIds: [follow], dates: days });
    const ask = `/api/series/dates?motif=${follow}&usager=${someone}&site=${space.siteId}&start=2027-01-12T09:00&weeks=1`;
    const plan = shaped(SeriesPlan, await desk.get(`${ask}&until=2027-02-02`));
    expect(plan.dates.map(({ verdict }) => verdict)).toEqual(['free', 'free', 'free', 'not-possible']);
    const dates = plan.dates.flatMap(({ slot }) =>
      slot ? [{ occurrenceId: slot.occurrenceId, start: slot.start }] : [],
    );
    const other = await space.usager('Fatou', 'Diallo');
    await desk.post('/api/appointments', { ...dates[1], motifId: follow, usagerId: other });
    const booked = shaped(BookedSeries, await desk.post('/api/series', { motifId: follow, usagerId: someone, dates }));
    expect(booked.dates[1]).toMatchObject({
      booked: null,
      problem: { status: 409, title: 'Ce créneau vient d’être pris.', alternatives: [{ start: '2027-01-19T09:30' }] },
    });
    const first = booked.dates[0]?.booked?.id;
    expect((await desk.get(`/api/appointments/${first}/series`)).body).toHaveLength(2);
    const cancelled = await desk.post(`/api/appointments/${first}/cancel-following`, { by: 'agent', version: 1 });
    expect(shaped(CancelledFollowing, cancelled)).toEqual({ seriesId: booked.id, count: 2 });
    const undone = await desk.post(`/api/series/${booked.id}/undo`, { what: 'cancelled' });
    expect(shaped(SeriesUndone, undone)).toEqual({ what: 'cancelled', count: 2, left: [] });
    expect((await elsewhere.post(`/api/series/${booked.id}/undo`, { what: 'booked' })).status).toBe(404);
    expect((await elsewhere.get(`/api/appointments/${first}/series`)).status).toBe(404);
    expect((await desk.get(`${ask}&times=25`)).status).toBe(400);
  });

  it('an unknown person, motif or site is not found', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const asked = { occurrenceId: date, motifId: motif, start: '2027-01-05T10:00', usagerId: nobody };
    expect((await desk.post('/api/appointments', asked)).status).toBe(404);
    expect((await desk.get(`/api/slots?motif=${nobody}`)).status).toBe(404);
    expect((await desk.get(`/api/board?site=${nobody}&date=2027-01-05`)).status).toBe(404);
    expect((await desk.get(`/api/occurrences/${nobody}`)).status).toBe(404);
  });
});
