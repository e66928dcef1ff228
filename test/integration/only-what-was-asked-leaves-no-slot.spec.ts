import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emptied, OrientationQuery, SlotsQuery } from '@app/contract';
import { Orient } from '@app/front-desk';
import { PlannedSpace } from '../support/planned-space';

describe('only what was asked leaves no slot', () => {
  let space: PlannedSpace;
  let aef: string;
  let motif: string;
  let leila: string;
  let elsewhere: string;

  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40');
    aef = await space.partner('AEF 94');
    elsewhere = await space.site('Maison pour tous');
    leila = await space.agent(aef, 'Leïla Haddad', { languages: ['fr', 'ar'] });
    const paul = await space.agent(aef, 'Paul Petit', { languages: ['fr', 'so'] });
    motif = await space.motif(aef, 'Premier rendez-vous', { synonyms: ['loyer'], duration_minutes: 60 });
    const { id, desks } = await space.room('Bureau 1');
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      agentIds: [leila],
      room: { id, desks },
      dates: ['2027-01-05 14:00-16:00', '2027-01-12 14:00-16:00'],
    });
    // Paul is on no date to come.
    await space.permanence({ partnerId: aef, motifIds: [motif], agentIds: [paul], dates: ['2026-12-08 14:00-16:00'] });
  });
  afterAll(() => space?.close());

  const asked = async (more: Record<string, unknown>, of = motif, days = '90') => {
    const query = SlotsQuery.parse({ motif: of, days, ...more });
    const found = await space.slots.forMotif(space.viewer('desk'), query);
    if (!found.ok) throw new Error(found.why);
    return found.value;
  };
  const said = ({ filters, text, owner, waysOut }: Emptied) => [
    filters.join(' '),
    text,
    owner,
    waysOut.map(({ start, interpreter }) => start + (interpreter ? ' with an interpreter' : '')).join(', '),
  ];
  const why = async (more: Record<string, unknown>) => {
    const { slots, emptied } = await asked(more);
    expect(slots).toEqual([]);
    return emptied.map(said);
  };

  it('nothing is said of filters as long as there is a slot, or when none was asked', async () => {
    expect((await asked({ part: 'afternoon', language: 'ar' })).emptied).toEqual([]);
    const other = await space.motif(aef, 'Sans aucune date');
    expect(await asked({}, other)).toMatchObject({ slots: [], emptied: [] });
    expect(await asked({ part: 'morning' }, other)).toMatchObject({ slots: [], emptied: [] });
  });

  it('nobody speaks the language: whose matter it is, the first slot without it, and with an interpreter', async () => {
    expect(await why({ language: 'snk' })).toEqual([
      [
        'language',
        'Personne ne parle soninké pour ce motif.',
        'AEF 94',
        '2027-01-05T14:00, 2027-01-05T14:00 with an interpreter',
      ],
    ]);
    expect((await why({ language: 'so' }))[0]?.[1]).toBe('Aucun créneau libre avec quelqu’un qui parle somali.');
  });

  it('French is spoken by everyone, named or not, of whom nothing else is written; another language by those who are named', async () => {
    const cramif = await space.partner('Cramif');
    const unnamed = await space.motif(cramif, 'Retraite', { duration_minutes: 60 });
    await space.permanence({ partnerId: cramif, motifIds: [unnamed], dates: ['2027-01-06 09:00-10:00'] });
    const starts = async (language: string, of: string) =>
      (await asked({ language }, of)).slots.map(({ start }) => start);
    expect(await starts('fr', unnamed)).toEqual(['2027-01-06T09:00']);
    expect(await starts('so', unnamed)).toEqual([]);
    expect((await asked({ language: 'so' }, unnamed)).emptied[0]?.text).toBe('Personne ne parle somali pour ce motif.');
    // Nobody wrote what she speaks; of him it is written that he speaks English alone.
    const [ines, john] = [
      await space.agent(cramif, 'Inès', { languages: [] }),
      await space.agent(cramif, 'John', { languages: ['en'], position: 1 }),
    ];
    const named = await space.motif(cramif, 'Prévention', { duration_minutes: 60 });
    const receives = (agentId: string, hours: string) =>
      space.permanence({ partnerId: cramif, motifIds: [named], agentIds: [agentId], dates: [`2027-01-07 ${hours}`] });
    await receives(ines, '09:00-10:00');
    await receives(john, '11:00-12:00');
    expect(await starts('fr', named)).toEqual(['2027-01-07T09:00']);
    expect(await starts('en', named)).toEqual(['2027-01-07T11:00']);
    // Whoever was asked for by name is not replaced by nobody in particular.
    expect((await asked({ language: 'fr', agent: ines }, unnamed)).slots).toEqual([]);
  });

  it('a way of meeting, a room, an agent, a half-day, a site, a day: each says its own', async () => {
    expect(await why({ mode: 'home' })).toEqual([
      ['mode', 'Ce motif ne se fait pas à domicile.', 'AEF 94, Réglages › Motifs', '2027-01-05T14:00'],
    ]);
    expect((await why({ accessible: 'true' }))[0]?.slice(0, 2)).toEqual([
      'accessible',
      'Aucun créneau libre dans un bureau accessible en fauteuil.',
    ]);
    expect((await why({ part: 'morning' }))[0]?.[1]).toBe('Aucun créneau libre le matin.');
    expect((await why({ site: elsewhere }))[0]?.[1]).toBe('Aucun créneau libre à ce lieu : Maison pour tous.');
    const [paul] = await space.sql(`select id from agent where name = 'Paul Petit'`);
    expect((await why({ agent: paul.id }))[0]?.slice(1)).toEqual([
      'Aucun créneau libre avec Paul Petit.',
      'AEF 94',
      '2027-01-05T14:00',
    ]);
    expect(await why({ from: '2027-02-01T00:00' })).toEqual([
      ['from', 'Aucun créneau libre à partir de ce jour.', 'AEF 94, Permanences', '2027-01-05T14:00'],
    ]);
  });

  it('two that leave nothing only together are said together, each that does alone by itself', async () => {
    expect((await why({ language: 'ar', part: 'morning' })).map(([filters]) => filters)).toEqual(['part']);
    expect((await why({ language: 'snk', part: 'morning' })).map(([filters]) => filters)).toEqual(['language part']);
  });

  it('when there is none without any filter either, the dates say why', async () => {
    const full = await space.motif(aef, 'Complet', { duration_minutes: 60 });
    await space.permanence({
      partnerId: aef,
      motifIds: [full],
      agentIds: [leila],
      dates: [{ on: '2027-01-06 09:00-10:00', state: 'cancelled', cause: 'formation' }],
    });
    expect(await asked({ language: 'snk' }, full)).toMatchObject({
      emptied: [],
      notOffered: [{ date: '2027-01-06', why: 'cancelled', text: 'formation' }],
    });
  });

  it('the answer to a need says it too, of the motif it is true of', async () => {
    const orient = new Orient(space.db, space.slots);
    const query = OrientationQuery.parse({ q: 'loyer', mode: 'video' });
    const answer = await orient.answer(space.viewer('desk'), query);
    expect(answer.ok && answer.value.needs.map(({ slots, emptied }) => [slots, emptied.map(said)])).toEqual([
      [[], [['mode', 'Ce motif ne se fait pas en visio.', 'AEF 94, Réglages › Motifs', '2027-01-05T14:00']]],
    ]);
  });

  it('the public page has its own rules, and asks nothing more', async () => {
    expect((await asked({ part: 'morning', audience: 'public' })).emptied).toEqual([]);
  });

  it('an evening that ends at midnight is an afternoon', async () => {
    const evening = await space.motif(aef, 'Soirée', { duration_minutes: 60 });
    await space.permanence({ partnerId: aef, motifIds: [evening], dates: ['2027-01-06 22:00-23:00'] });
    await space.sql(
      `update occurrence set ends_at = starts_at + interval '2 hours' where starts_at = '2027-01-06T21:00Z'`,
    );
    const starts = async (part?: string) => (await asked({ part }, evening)).slots.map(({ start }) => start);
    expect(await starts()).toEqual(['2027-01-06T22:00', '2027-01-06T23:00']);
    expect(await starts('afternoon')).toEqual(await starts());
    expect(await starts('morning')).toEqual([]);
  });
});
