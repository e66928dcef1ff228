import { openShortLink } from '@app/booking';
import { InvitationBody, type Slot } from '@app/contract';
import { type LocalDateTime } from '@app/time';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  closeWaitingRoom,
  openWaitingRoom,
  aef,
  clock,
  dates,
  invitations,
  lea,
  motif,
  person,
  sms,
  space,
  tokenIn,
} from '../support/waiting-room';

beforeEach(openWaitingRoom);
afterEach(closeWaitingRoom);

describe('an invitation', () => {
  it('lets a person choose her slot behind a link, until it runs out', async () => {
    await dates('2027-01-12 09:00-11:00', '2027-01-13 09:00-11:00');
    const hers = await person('Yasmina');
    const invited = await invitations.invite(
      lea,
      InvitationBody.parse({ usagerId: hers, motifId: motif, days: 14 }),
      null,
    );
    if (!invited.ok) throw new Error(invited.why);
    const [told] = await sms();
    expect(told?.text).toMatch(/^Choisissez l'heure de votre rendez-vous, jusqu'au lundi 18 janvier : https:/);
    const opened = await openShortLink(space.db, tokenIn(told?.text));
    expect(opened).toMatchObject({ kind: 'invitation', subjectId: invited.value.id });
    expect((await invitations.of(lea, hers))[0]).toMatchObject({ state: 'open', told: 'sent', opened: null });
    const page = await invitations.open(space.spaceId, invited.value.id, null);
    expect(page?.slots.map(({ start }) => start.slice(5))).toEqual(
      ['12T09:00', '12T09:30', '12T10:00', '13T09:00', '13T09:30', '13T10:00'].map((at) => `01-${at}`),
    );
    const [, second] = page?.slots ?? [];
    const { occurrenceId, start, agentId } = second as Slot;
    const chosen = { occurrenceId, start: start as LocalDateTime, agentId };
    expect(await invitations.choose(space.spaceId, invited.value.id, chosen)).toMatchObject({ ok: true });
    expect(await invitations.choose(space.spaceId, invited.value.id, chosen)).toEqual({
      ok: false,
      why: 'invitation-over',
    });
    expect((await invitations.of(lea, hers))[0]).toMatchObject({ state: 'booked', opened: '2027-01-04T10:00' });

    clock('2027-01-04T10:05');
    const again = await invitations.invite(
      lea,
      InvitationBody.parse({ usagerId: hers, motifId: motif, days: 1 }),
      null,
    );
    const id = again.ok ? again.value.id : '';
    const printed = await invitations.link(lea, id);
    expect(printed.ok && printed.value.link).toMatch(/^https:\/\/palier\.test\/i\/\w{10}$/);
    clock('2027-01-06T00:00');
    expect((await invitations.of(lea, hers))[0]).toMatchObject({ state: 'expired' });
    expect(await invitations.choose(space.spaceId, id, chosen)).toEqual({ ok: false, why: 'invitation-over' });
    expect(await openShortLink(space.db, printed.ok ? tokenIn(printed.value.link) : '')).toBeNull();
  });
});

describe('a second invitation for the same thing', () => {
  it('closes the first: only one link books, whoever invites at the same time', async () => {
    await dates('2027-01-12 09:00-11:00');
    const hers = await person('Yasmina');
    const invite = async (motifId = motif) => {
      const saved = await invitations.invite(lea, InvitationBody.parse({ usagerId: hers, motifId, days: 14 }), null);
      if (!saved.ok) throw new Error(saved.why);
      return saved.value;
    };
    const first = await invite();
    const other = await invite(await space.motif(aef, 'Suivi'));
    expect([first.replaced, other.replaced]).toEqual([false, false]);
    const both = await Promise.all([invite(), invite()]);
    expect(both.map(({ replaced }) => replaced)).toEqual([true, true]);
    const all = await invitations.of(lea, hers);
    const open = all.filter(({ state, motifId }) => state === 'open' && motifId === motif);
    expect(open).toHaveLength(1);
    expect(all.find(({ id }) => id === other.id)?.state).toBe('open');
    // Its message is not sent any more, and its page says that the link no longer answers.
    expect(await space.sql('select state from link_message where subject_id = $1', [first.id])).toEqual([
      { state: 'dropped' },
    ]);
    const page = await invitations.open(space.spaceId, open[0]?.id ?? '', null);
    expect((await invitations.open(space.spaceId, first.id, null))?.state).toBe('withdrawn');
    const [slot] = page?.slots ?? [];
    const { occurrenceId, start, agentId } = slot as Slot;
    const chosen = { occurrenceId, start: start as LocalDateTime, agentId };
    expect(await invitations.choose(space.spaceId, first.id, chosen)).toEqual({ ok: false, why: 'invitation-over' });
    expect(await invitations.choose(space.spaceId, open[0]?.id ?? '', chosen)).toMatchObject({ ok: true });
  });
});

describe('an invitation from a search', () => {
  it('offers what was searched for, and nothing else', async () => {
    const elsewhere = await space.site('Maison pour tous');
    await dates('2027-01-12 09:00-10:00', '2027-01-12 14:00-15:00', '2027-01-20 14:00-15:00');
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      siteId: elsewhere,
      dates: ['2027-01-21 14:00-15:00'],
    });
    const hers = await person('Yasmina');
    const offered = async (more: Record<string, unknown>) => {
      const made = await invitations.invite(
        lea,
        InvitationBody.parse({ usagerId: hers, motifId: motif, ...more }),
        null,
      );
      if (!made.ok) throw new Error(made.why);
      const page = await invitations.open(space.spaceId, made.value.id, null);
      return page?.slots.map(({ start }) => start.slice(5)) ?? [];
    };
    const [day12, day20, day21] = [
      ['01-12T14:00', '01-12T14:30'],
      ['01-20T14:00', '01-20T14:30'],
      ['01-21T14:00', '01-21T14:30'],
    ];
    expect(await offered({ part: 'afternoon' })).toEqual([...day12, ...day20, ...day21]);
    expect(await offered({ part: 'afternoon', from: '2027-01-13' })).toEqual([...day20, ...day21]);
    expect(await offered({ siteId: elsewhere })).toEqual(day21);
    expect(await offered({ from: '2027-01-13', siteId: space.siteId, interpreter: true })).toEqual(['01-20T14:00']);
    expect(await offered({ language: 'ta' })).toEqual([]);
    expect(await offered({ mode: 'video' })).toEqual([]);
  });

  it('says neither the reason nor the agent on a phone that others read', async () => {
    const nadia = await space.agent(aef, 'Nadia');
    await space.permanence({ partnerId: aef, motifIds: [motif], agentIds: [nadia], dates: ['2027-01-12 09:00-10:00'] });
    const seen = async (usagerId: string) => {
      const body = InvitationBody.parse({ usagerId, motifId: motif, agentId: nadia });
      const made = await invitations.invite(lea, body, null);
      return made.ok ? invitations.open(space.spaceId, made.value.id, null) : null;
    };
    expect(await seen(await person('Yasmina'))).toMatchObject({ motif: 'Premier rendez-vous', agent: 'Nadia' });
    expect(await seen(await person('Zoé', '+33639980002', ', phone_shared = true'))).toMatchObject({
      motif: null,
      agent: null,
      slots: [{}, {}],
    });
  });
});
