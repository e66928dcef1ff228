import type { Database } from '@app/persistence';
import { SandboxSmsGateway } from '@app/reminders';
import { OfferFreedSlots, SendLink } from '@app/waiting';

/** Between two rounds, as a real worker. */
const PAUSE_MS = 1000;
const MESSAGES = 100;

/**
 * What a worker does for those who wait, again and again: deadlines, offers, their messages. What may still be taken back is
 * offered too (`wait` of 0): more people want the same moment than in life. Told to stop, it answers what it stumbled over.
 */
export function offering(database: Database): { stop: () => Promise<string[]> } {
  const offers = new OfferFreedSlots(database);
  const links = new SendLink(database, new SandboxSmsGateway(database), 'https://palier.test');
  const stumbled: string[] = [];
  let stopped = false;
  const work = async () => {
    while (!stopped) {
      try {
        await offers.round();
        for (const { spaceId, id } of await links.due(MESSAGES)) await links.send(spaceId, id);
      } catch (error) {
        stumbled.push(`worker threw ${error instanceof Error ? error.message : String(error)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const done = work();
  return {
    stop: async () => {
      stopped = true;
      await done;
      return stumbled;
    },
  };
}
