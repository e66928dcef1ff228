import { type Viewer } from '@app/accounts';
import { InvitationBody } from '@app/contract';
import { type SmsGateway, SmsRefused } from '@app/reminders';
import { Messages } from '@app/waiting';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  closeWaitingRoom,
  openWaitingRoom,
  aef,
  answers,
  booked,
  cancelled,
  clock,
  dates,
  invitations,
  lea,
  linksBy,
  list,
  motif,
  person,
  round,
  sms,
  space,
  states,
  waiting,
  waits,
} from '../support/waiting-room';

beforeEach(openWaitingRoom);
afterEach(closeWaitingRoom);

describe('what is proposed is in Messages', () => {
  const page = async (who: Viewer = lea, more: Record<string, unknown> = {}) =>
    (await new Messages(space.db).page(who, { limit: 50, offers: true, ...more })).items;
  const short = async (who?: Viewer, more?: Record<string, unknown>) =>
    (await page(who, more)).map(({ kind, channel, state, usagerName, recipient, settledBy }) =>
      [kind, channel, state, usagerName.split(' ')[0], recipient, settledBy].filter(Boolean).join(' '),
    );
  const account = async () => {
    await space.sql(
      `insert into account (id, space_id, email, name, role) values ($1, $2, 'lea@palier.test', 'Léa Accueil', 'desk')`,
      [lea.accountId, space.spaceId],
    );
  };
  const freed = async (...given: string[]) => {
    await dates(...given);
    const taken: string[] = [];
    for (const _ of given) taken.push(await booked(await person('Anna')));
    return taken;
  };
  const refusing: SmsGateway = {
    send: async () => {
      throw new SmsRefused('numéro inconnu');
    },
  };

  it('to be sent, sent with its words but not its link, and at no other hour than 9 to 19', async () => {
    const [taken = ''] = await freed('2027-01-12 09:00-09:30');
    await waits(await person('Yasmina'));
    clock('2027-01-04T19:30');
    await cancelled(taken);
    await round();
    expect(await sms()).toEqual([]);
    expect(await page()).toMatchObject([{ kind: 'offer', state: 'waiting', due: '2027-01-05T09:00' }]);
    clock('2027-01-05T09:00');
    await sms();
    expect(await page()).toMatchObject([
      {
        kind: 'offer',
        channel: 'sms',
        state: 'sent',
        sentAt: '2027-01-05T09:00',
        recipient: '+33639980001',
        usagerName: 'Yasmina Martin',
        appointmentId: null,
        slotStart: '2027-01-12T09:00',
        until: '2027-01-05T13:00',
        text: "Une place se libère : mardi 12 janvier à 9 h, 3 rue du Béarn. Elle vous est gardée jusqu'au mardi 5 janvier à 13 h. Répondez ici : [lien]",
      },
    ]);
    expect(await page(space.viewer('partner-editor', await space.partner('Clic6')))).toEqual([]);
    expect(await page(lea, { offers: false })).toEqual([]);
  });

  it('not delivered: failed with its reason, the desk’s to propose, done once she answered; the next one’s if nobody could ask', async () => {
    await account();
    const [first = '', second = ''] = await freed('2027-01-12 09:00-09:30', '2027-01-13 09:00-09:30');
    await waits(await person('Yasmina'), { until: '2027-01-12' });
    await cancelled(first);
    await round();
    await sms(linksBy(refusing));
    expect(await page(lea, { state: 'failed' })).toMatchObject([
      { error: 'numéro inconnu', slotStart: '2027-01-12T09:00' },
    ]);
    const [toPropose] = (await waiting.list(lea, { offers: 'desk', limit: 10 })).items;
    expect(toPropose).toMatchObject({ usagerName: 'Yasmina Martin', offer: { by: 'desk', told: 'failed' } });
    expect(await answers.accept(lea, toPropose?.offer?.id ?? '')).toMatchObject({ ok: true });
    expect(await short()).toEqual(['offer sms done Yasmina +33639980001 Léa Accueil']);

    await waits(await person('Zoé'), { from: '2027-01-13', until: '2027-01-13' });
    clock('2027-01-04T10:01');
    await waits(await person('Inès'), { from: '2027-01-13', until: '2027-01-13' });
    await cancelled(second);
    await round();
    await sms(linksBy(refusing));
    clock('2027-01-04T14:02');
    await round();
    expect(await states()).toEqual(['Zoé waiting', expect.stringContaining('Inès offered 01-13T09:00')]);
    expect(await short(lea, { state: 'failed' })).toEqual([]);
  });

  it('a call, or a task of her référent’s for a safe contact; of who asked not to be contacted nothing, and the next is asked', async () => {
    const nadia = await space.agent(aef, 'Nadia');
    const given = ['12', '13', '14'].map((day) => `2027-01-${day} 09:00-09:30`);
    const taken = await freed(...given);
    await waits(await person('Yasmina', '+33639980001', `, told_by = 'nobody'`));
    clock('2027-01-04T10:01');
    await waits(await person('Lou', null));
    clock('2027-01-04T10:02');
    await waits(await person('Zoé', '+33199000002'));
    clock('2027-01-04T10:03');
    const safe = await person('Inès', '+33639980003', ', safe_contact = true');
    await space.sql('update usager_partner set referent_id = $2 where usager_id = $1', [safe, nadia]);
    await waits(safe);
    for (const [nth, id] of taken.slice(0, 2).entries()) {
      clock(`2027-01-04T10:0${4 + nth}`);
      await cancelled(id);
      await round();
    }
    expect(await states()).toEqual([
      'Yasmina waiting',
      'Lou waiting',
      expect.stringContaining('Zoé offered 01-12T09:00 desk'),
      expect.stringContaining('Inès offered 01-13T09:00 desk'),
    ]);
    expect((await list()).map(({ reachable }) => reachable)).toEqual([false, false, true, true]);
    expect(await short(lea, { state: 'todo' })).toEqual(['offer call todo Zoé +33199000002', 'offer task todo Inès']);
    const [call, task] = await page(lea, { state: 'todo' });
    expect(call?.text).toMatch(/^Une place se libère : .* à 14 h 04\.$/);
    expect(task).toMatchObject({ forAgentId: nadia, recipient: null });
    // It is answered where it is proposed: that someone called is no answer.
    expect(await new Messages(space.db).done(lea, call?.id ?? '')).toEqual({ ok: false, why: 'not-a-task' });
    await answers.decline(lea, (await list())[2]?.offer?.id ?? '');
    expect(await short(lea, { state: 'todo' })).toEqual(['offer task todo Inès']);
  });

  it('a safe contact whom no référent follows is passed over: the slot goes to the next', async () => {
    const [first = ''] = await freed('2027-01-12 09:00-09:30');
    await waits(await person('Inès', '+33639980003', ', safe_contact = true'));
    clock('2027-01-04T10:01');
    await waits(await person('Zoé'));
    await cancelled(first);
    await round();
    expect(await states()).toEqual(['Inès waiting', expect.stringContaining('Zoé offered 01-12T09:00 sms')]);
    expect((await list()).map(({ reachable }) => reachable)).toEqual([false, true]);
  });

  it('who changed how she is told since is asked as she wishes now, or not at all', async () => {
    const [first = '', second = ''] = await freed('2027-01-12 09:00-09:30', '2027-01-13 09:00-09:30');
    const hers = await person('Yasmina');
    await waits(hers);
    await cancelled(first);
    await round();
    await space.sql('update usager set safe_contact = true where id = $1', [hers]);
    expect(await sms()).toEqual([]);
    expect(await short()).toEqual(['offer task todo Yasmina']);
    const other = await person('Zoé');
    clock('2027-01-04T10:01');
    await waits(other);
    await cancelled(second);
    await round();
    await space.sql(`update usager set told_by = 'nobody' where id = $1`, [other]);
    expect(await sms()).toEqual([]);
    expect((await states()).at(-1)).toBe('Zoé waiting');
    expect((await short()).filter((line) => line.includes('Zoé'))).toEqual([expect.stringContaining('dropped')]);
  });

  it('an invitation: sent, or a letter to post; not delivered, then told otherwise; over, nothing is left to do', async () => {
    await account();
    await dates('2027-01-12 09:00-11:00');
    const invite = async (usagerId: string) => {
      const made = await invitations.invite(lea, InvitationBody.parse({ usagerId, motifId: motif, days: 14 }), null);
      if (!made.ok) throw new Error(made.why);
      return made.value.id;
    };
    await invite(await person('Yasmina'));
    const onPaper = await invite(await person('Zoé', null));
    await invite(await person('Lou', '+33639980004', `, told_by = 'nobody'`));
    await sms(linksBy(refusing));
    expect(await short(lea, { state: 'failed' })).toEqual(['invitation sms failed Yasmina +33639980001']);
    expect(await short(lea, { state: 'todo' })).toEqual(['invitation letter todo Zoé']);
    const board = await space.board.of(lea, space.siteId, '2027-01-04');
    expect(board.ok && board.value.counts).toMatchObject({ failedMessages: 1, calls: 1 });
    const [failed] = await page(lea, { state: 'failed' });
    expect(failed?.text).toBe("Choisissez l'heure de votre rendez-vous, jusqu'au lundi 18 janvier : [lien]");
    expect(await new Messages(space.db).done(lea, failed?.id ?? '')).toEqual({ ok: true, value: null });
    expect(await short(lea, { state: 'done' })).toEqual(['invitation sms done Yasmina +33639980001 Léa Accueil']);
    await invitations.withdraw(lea, onPaper);
    expect(await short(lea, { state: 'todo' })).toEqual([]);
    await invite(await person('Zoé', null));
    clock('2027-01-20T03:00');
    await space.db.outside('select drop_messages_of_the_past($1)', [new Date(space.clock.now()).toISOString()]);
    expect(await short(lea, { state: 'todo' })).toEqual([]);
  });
});
