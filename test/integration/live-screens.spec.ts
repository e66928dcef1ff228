import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, type Happening, systemContext } from '@app/persistence';
import { eventually } from '../../scripts/lib/processes.mjs';
import { type Browser, startApi, type TestApi } from '../support/api';
import { aSpaceWithPeople, PASSWORD, type SpaceWithPeople } from '../support/people';

interface Told {
  id: string;
  kind: string;
}

/** A screen left open on GET /api/events. */
class Screen {
  readonly heard: Told[] = [];
  /** What a browser would say it heard last, were it cut now. */
  place = '';
  ended = false;
  private readonly abort = new AbortController();

  static async open(api: TestApi, browser: Browser, lastHeard?: string, since = ''): Promise<Screen> {
    const screen = new Screen();
    const response = await fetch(`${api.url}/api/events${since && `?since=${since}`}`, {
      signal: screen.abort.signal,
      headers: {
        cookie: `palier_session=${browser.cookies.get('palier_session')}`,
        ...(lastHeard === undefined ? {} : { 'last-event-id': lastHeard }),
      },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    void screen.read(response);
    return screen;
  }

  close(): void {
    this.abort.abort();
  }

  async hears(kind: string): Promise<Told> {
    const found = () => this.heard.find((one) => one.kind === kind);
    await eventually(() => found() !== undefined, 30_000);
    const told = found();
    if (told) return told;
    throw new Error(`Nothing was heard of ${kind}, only ${this.heard.map((one) => one.kind).join(', ') || 'silence'}.`);
  }

  private async read(response: Response): Promise<void> {
    let text = '';
    try {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString();
        const parts = text.split('\n\n');
        text = parts.pop() ?? '';
        for (const part of parts) {
          const data = part.split('\n').find((line) => line.startsWith('data: '));
          if (data) this.heard.push(JSON.parse(data.slice(6)));
          this.place =
            part
              .split('\n')
              .find((line) => line.startsWith('id: '))
              ?.slice(4) ?? this.place;
        }
      }
    } catch {
      // closed by us
    }
    this.ended = true;
  }
}

describe('screens that stay up to date', () => {
  let api: TestApi;
  let other: TestApi;
  let chevilly: SpaceWithPeople;
  let fresnes: SpaceWithPeople;
  const open: Screen[] = [];
  const screenOf = async (space: SpaceWithPeople, who: string, lastHeard?: string, at = api) => {
    const browser = await at.browser().signIn(space.people[who]?.email ?? '', PASSWORD);
    const screen = await Screen.open(at, browser, lastHeard);
    open.push(screen);
    return screen;
  };
  const happens = (space: SpaceWithPeople, happening: Happening) =>
    api.app.get(Database).within(systemContext(space.id), (tx) => tx.record(happening));
  beforeAll(async () => {
    api = await startApi();
    other = await startApi({}, { database: api.database });
    chevilly = await aSpaceWithPeople(api.database, 'Chevilly', {
      Lea: { role: 'desk' },
      Eva: { role: 'partner-editor', partner: 'AEF 94' },
      Noe: { role: 'agent', partner: 'Nouvelles Voies' },
    });
    fresnes = await aSpaceWithPeople(api.database, 'Fresnes', { Felix: { role: 'desk' } });
  });
  afterAll(async () => {
    for (const screen of open) screen.close();
    await other?.stop();
    await api?.stop();
  });

  it('each hears what it may see and no more, whichever copy of the api it is connected to', async () => {
    const [lea, eva, noe, felix] = [
      await screenOf(chevilly, 'Lea', undefined, other),
      await screenOf(chevilly, 'Eva'),
      await screenOf(chevilly, 'Noe'),
      await screenOf(fresnes, 'Felix'),
    ];
    const subjectId = randomUUID();
    await happens(chevilly, { kind: 'aef.secret', partnerId: chevilly.partners['AEF 94'] ?? null, confidential: true });
    await happens(chevilly, { kind: 'aef.booked', partnerId: chevilly.partners['AEF 94'] ?? null, subjectId });
    await happens(chevilly, { kind: 'nv.booked', partnerId: chevilly.partners['Nouvelles Voies'] ?? null });
    await happens(fresnes, { kind: 'fresnes.booked' });
    await Promise.all([
      lea.hears('nv.booked'),
      noe.hears('nv.booked'),
      eva.hears('aef.booked'),
      felix.hears('fresnes.booked'),
    ]);
    // A later event of each was heard, so that what is absent was withheld and not late.
    expect(lea.heard.map(({ kind }) => kind)).toEqual(['aef.booked', 'nv.booked']);
    expect(eva.heard.map(({ kind }) => kind)).toEqual(['aef.secret', 'aef.booked']);
    expect(noe.heard.map(({ kind }) => kind)).toEqual(['nv.booked']);
    expect(felix.heard.map(({ kind }) => kind)).toEqual(['fresnes.booked']);
    expect(lea.heard[0]).toMatchObject({ subjectId });
  });

  it('after a cut it is told what it missed', async () => {
    const before = await screenOf(chevilly, 'Lea');
    await happens(chevilly, { kind: 'heard' });
    const { id } = await before.hears('heard');
    before.close();
    await happens(chevilly, { kind: 'missed' });
    const back = await screenOf(chevilly, 'Lea', id);
    await back.hears('missed');
    expect(back.heard.map(({ kind }) => kind)).toEqual(['missed']);
  });

  it('one that was cut before it heard of anything is told what it missed', async () => {
    const before = await screenOf(chevilly, 'Lea');
    await eventually(() => before.place !== '', 30_000);
    before.close();
    await happens(chevilly, { kind: 'missed by who heard nothing' });
    const back = await screenOf(chevilly, 'Lea', before.place);
    await back.hears('missed by who heard nothing');
    expect(back.heard.map(({ kind }) => kind)).toEqual(['missed by who heard nothing']);
  });

  it('what happens while a screen is being filled is told once it listens; a cut later on says better where it was', async () => {
    const browser = await api.browser().signIn(chevilly.people.Lea?.email ?? '', PASSWORD);
    const { heard: since } = (await browser.get('/api/session')).body;
    await happens(chevilly, { kind: 'meanwhile' });
    const witness = await screenOf(chevilly, 'Lea', undefined, other);
    await happens(chevilly, { kind: 'later' });
    await witness.hears('later');

    const screen = await Screen.open(api, browser, undefined, since);
    open.push(screen);
    const { id } = await screen.hears('meanwhile');
    await screen.hears('later');
    const back = await Screen.open(api, browser, id, since);
    open.push(back);
    await back.hears('later');
    expect(back.heard.map(({ kind }) => kind)).toEqual(['later']);
  });

  it('what was missed too long ago is not told one by one: it looks at everything again', async () => {
    // This copy began after the events of the tests before: it remembers none of them.
    const younger = await startApi({}, { database: api.database });
    const back = await screenOf(chevilly, 'Lea', '1-1', younger);
    await back.hears('resync');
    const stranger = await screenOf(chevilly, 'Lea', 'not ours', younger);
    await stranger.hears('resync');
    await younger.stop();
  });

  it('is not open to whoever is not signed in', async () => {
    expect((await api.browser().get('/api/events')).status).toBe(401);
  });

  it('ends with the server, which does not wait for it', async () => {
    const third = await startApi({}, { database: api.database });
    const screen = await screenOf(chevilly, 'Lea', undefined, third);
    // A stream never ends by itself: stopping that waited for it would not come back before the test is given up.
    await third.stop();
    expect(await eventually(() => screen.ended, 30_000)).toBe(true);
  });
});
