import type { Viewer } from '@app/accounts';
import { openShortLink } from '@app/booking';
import { InvitationBody } from '@app/contract';
import { type Instant, instant, type LocalDateTime, type PlainDate, toLocal } from '@app/time';
import { Invitations, Messages, WaitingList } from '@app/waiting';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../scripts/lib/processes.mjs';
import { value } from '../support/permanences';
import { PlannedSpace } from '../support/planned-space';
import { makeQueue, QUEUE_BACKENDS } from '../support/queue-backends';
import { parisTime } from '../support/someone-to-tell';
import { Trap } from '../support/trap';
import { type RunningWorker, startWorker } from '../support/worker';

// The moments between two steps of "free → kept → proposed", as the statement the worker is about to run.
const STEPS: [name: string, table: string, statement: string][] = [
  ['before the slot is kept for her', 'slot_offer', 'insert'],
  ['after it is kept, before noting how far it read', 'event_cursor', 'update'],
  ['before the link is made', 'short_link', 'insert'],
  ['after the link, before the operator has it', 'sandbox_sms', 'insert'],
];

describe.each(QUEUE_BACKENDS)('with the queue on %s', (_, queueUrl) => {
  let space: PlannedSpace;
  let desk: Viewer;
  let motif: string;
  let aef: string;
  let started: number;
  let testsRun = 0;
  const workers: RunningWorker[] = [];

  const now = (): Instant => instant(parisTime('2027-01-04 10:00') + Date.now() - started);
  const work = async () => {
    const redisUrl = queueUrl === null ? null : `${queueUrl}/${1 + (testsRun % 15)}`;
    const worker = await startWorker({ appUrl: space.database.appUrl, redisUrl, now: now() });
    workers.push(worker);
    return worker;
  };
  const person = async (name: string, phone: string) => {
    const id = await space.usager(name, 'Martin', { partners: [aef] });
    await space.sql(`update usager set phone = $2, phone_kind = 'mobile' where id = $1`, [id, phone]);
    return id;
  };

  beforeEach(async () => {
    testsRun += 1;
    started = Date.now();
    space = await PlannedSpace.open('2027-01-04T10:00');
    await makeQueue(space.database.ownerUrl);
    aef = await space.partner('AEF 94');
    motif = await space.motif(aef, 'Premier rendez-vous');
    desk = space.viewer('desk');
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.kill()));
    await space?.close();
  });

  const tick = () => {
    space.clock.at = toLocal(now(), 'Europe/Paris') as LocalDateTime;
  };
  const sent = async () => (await new Messages(space.db).page(desk, { state: 'sent', limit: 50, offers: true })).items;
  const taken = () =>
    space.sql<{ recipient: string; text: string }>('select recipient, text from sandbox_sms order by text');

  /** Someone has the only slot of a day, someone else waits for it, and the first cancels. */
  async function free(day: string, phone: string): Promise<void> {
    const [occurrenceId = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: [`${day} 09:00-09:30`],
    });
    const usagerId = await space.usager('Anna', 'Roux', { partners: [aef] });
    const wanted = { occurrenceId, motifId: motif, start: `${day}T09:00` as LocalDateTime, agentId: null, usagerId };
    const { id } = value(await space.booking.book(desk, wanted, null));
    const body = {
      usagerId: await person('Yasmina', phone),
      motifId: motif,
      from: day as PlainDate,
      until: day as PlainDate,
    };
    value(await new WaitingList(space.db).join(desk, { ...body, part: null, siteId: null, agentId: null }, null));
    tick();
    value(await space.following.cancel(desk, id, { by: 'usager', version: 1 }));
  }

  it('an offer and an invitation leave, and are in Messages', async () => {
    await free('2027-01-12', '+33639980001');
    const invited = InvitationBody.parse({ usagerId: await person('Zoé', '+33639980002'), motifId: motif });
    value(await new Invitations(space.db, 'https://palier.test').invite(desk, invited, null));
    const worker = await work();
    if (!(await eventually(async () => (await sent()).length === 2, 30_000, 100))) throw new Error(worker.output());
    expect((await sent()).map(({ kind, usagerName, recipient }) => [kind, usagerName, recipient]).sort()).toEqual([
      ['invitation', 'Zoé Martin', '+33639980002'],
      ['offer', 'Yasmina Martin', '+33639980001'],
    ]);
    expect((await taken()).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Choisissez l'heure de votre rendez-vous.* : http\S+\/i\/\w{10}$/),
      expect.stringMatching(/^Une place se libère : mardi 12 janvier à 9 h.* : http\S+\/o\/\w{10}$/),
    ]);
  });

  it('killed between any two steps, a slot is kept once and proposed once, by a link that answers', async () => {
    for (const [nth, [step, table, statement]] of STEPS.entries()) {
      await free(`2027-01-1${2 + nth}`, `+3363998000${nth}`);
      const trap = await Trap.on(space.database, table, statement);
      const worker = await work();
      if (!(await trap.caught())) throw new Error(`Never came by: ${step}\n${worker.output()}`);
      await worker.kill();
      await trap.open();
    }
    const worker = await work();
    if (!(await eventually(async () => (await sent()).length === STEPS.length, 60_000, 100)))
      throw new Error(worker.output());
    expect(await space.sql(`select state from slot_offer`)).toEqual(STEPS.map(() => ({ state: 'offered' })));
    const messages = await taken();
    expect(messages.map(({ recipient }) => recipient).sort()).toEqual(STEPS.map((_, nth) => `+3363998000${nth}`));
    for (const { text } of messages) {
      expect(await openShortLink(space.db, /\w{10}$/.exec(text)?.[0] ?? '')).toMatchObject({ kind: 'offer' });
    }
  });
});
