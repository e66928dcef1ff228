import type { Viewer } from '@app/accounts';
import type { Slot, SlotsQuery } from '@app/contract';
import type { LocalDateTime } from '@app/time';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PlannedSpace } from '../support/planned-space';

describe('what a search asked for', () => {
  let space: PlannedSpace;
  let desk: Viewer;
  let aef: string;
  let motif: string;
  let ana: string;
  let bilal: string;
  let chloe: string;
  let someone: string;
  beforeEach(async () => {
    space = await PlannedSpace.open('2027-01-04T08:00');
    desk = space.viewer('desk');
    aef = await space.partner('AEF 94');
    motif = await space.motif(aef, 'Premier rendez-vous');
    [ana, bilal, chloe] = [
      await space.agent(aef, 'Ana', { languages: ['fr'] }),
      await space.agent(aef, 'Bilal', { languages: ['fr', 'ar'], position: 1 }),
      await space.agent(aef, 'Chloé', { languages: ['fr', 'ar'], position: 2 }),
    ];
    someone = await space.usager('Yasmine', 'Martin');
  });
  afterEach(() => space?.close());

  const found = async (more: Partial<SlotsQuery> = {}, as = desk): Promise<Slot[]> => {
    const slots = await space.slots.forMotif(as, { motif, days: 30, perDay: 20, limit: 100, ...more });
    return slots.ok ? slots.value.slots : [];
  };
  const booked = ({ occurrenceId, motifId, start, agentId }: Slot, as = desk) =>
    space.booking.book(as, { occurrenceId, motifId, start, agentId, usagerId: someone }, null);
  const receivers = () =>
    space.sql<{ who: string[] }>(
      `select array(select name from agent where id in (agent_id, second_agent_id) order by name) as who
       from appointment order by booked_at, starts_at`,
    );

  it('someone who speaks Arabic receives whoever asked for it, when two of three do', async () => {
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      agentIds: [ana, bilal, chloe],
      dates: ['2027-01-05 09:00-09:30'],
    });
    const [slot] = await found({ language: 'ar' });
    expect(slot).toMatchObject({ agentId: bilal, placesLeft: 2 });
    expect(await booked(slot as Slot)).toMatchObject({ ok: true });
    expect(await receivers()).toEqual([{ who: ['Bilal'] }]);
    // Nobody is named when anybody suits.
    expect(await found()).toMatchObject([{ agentId: null, placesLeft: 2 }]);
  });

  it('an interview of two agents has the one who was asked for, in a search and in a way out', async () => {
    motif = await space.motif(aef, 'Entretien à deux', { agents_needed: 2 });
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      agentIds: [ana, bilal, chloe],
      dates: ['2027-01-05 09:00-10:00'],
    });
    const [slot, next] = await found({ agent: chloe });
    expect(slot).toMatchObject({ agentId: chloe, secondAgentId: null, placesLeft: 2 });
    expect(await booked(slot as Slot)).toMatchObject({ ok: true });
    const refused = await booked(slot as Slot);
    expect(refused).toMatchObject({ ok: false, why: 'agent-taken', alternatives: [{ ...next, agentId: chloe }] });
    expect(await booked((refused as unknown as { alternatives: Slot[] }).alternatives[0] as Slot)).toMatchObject({
      ok: true,
    });
    expect(await receivers()).toEqual([{ who: ['Ana', 'Chloé'] }, { who: ['Ana', 'Chloé'] }]);
  });

  it('an accessible office is one', async () => {
    const [easy, steep] = [await space.room('Bureau 1'), await space.room('Bureau 2')];
    await space.sql(`update room set accessible = name = 'Bureau 1'`);
    await space.permanence({ partnerId: aef, motifIds: [motif], room: steep, dates: ['2027-01-05 09:00-09:30'] });
    await space.permanence({ partnerId: aef, motifIds: [motif], room: easy, dates: ['2027-01-06 09:00-09:30'] });
    expect((await found()).map(({ start }) => start)).toEqual(['2027-01-05T09:00', '2027-01-06T09:00']);
    expect((await found({ accessible: true })).map(({ start }) => start)).toEqual(['2027-01-06T09:00']);
    expect((await found({ accessible: false })).map(({ start }) => start)).toHaveLength(2);
  });

  it('the last slot is had before an absence that begins as the date ends, whatever the pause', async () => {
    motif = await space.motif(aef, 'Suivi', { pause_after: 10 });
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      agentIds: [ana],
      dates: ['2027-01-05 11:30-12:00'],
    });
    await space.sql(
      `insert into absence (space_id, agent_id, partner_id, confidential, starts_at, ends_at, created_at)
       values ($1, $2, $3, false, '2027-01-05 12:00+01', '2027-01-08 12:00+01', '2027-01-04 08:00+01')`,
      [space.spaceId, ana, aef],
    );
    const [slot] = await found();
    expect(slot?.start).toBe('2027-01-05T11:30');
    expect(await booked(slot as Slot)).toMatchObject({ ok: true });
  });

  it('what one keeps at her own screen takes nothing from what she is offered beside it', async () => {
    const long = await space.motif(aef, 'Trois quarts d’heure', { duration_minutes: 45 });
    const [date = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif, long],
      agentIds: [ana],
      dates: ['2027-01-05 09:00-12:00'],
    });
    const wanted = { occurrenceId: date, agentId: null, exact: true };
    const at = (time: string) => `2027-01-05T${time}` as LocalDateTime;
    await space.booking.book(desk, { ...wanted, motifId: motif, start: at('09:10'), usagerId: someone }, null);
    await space.holding.hold(desk, { ...wanted, motifId: long, start: at('09:40') });
    const offered = await found();
    expect(offered.map(({ start }) => start.slice(11))).toContain('10:40');
    for (const slot of offered) {
      const outcome = await booked(slot);
      const isHers = slot.start < '2027-01-05T10:25';
      expect([slot.start, outcome.ok ? 'booked' : outcome.why]).toEqual([slot.start, isHers ? 'slot-held' : 'booked']);
    }
  });
});
