import { contextOf, type Viewer } from '@app/accounts';
import type { Messages as Page, MessagesQuery } from '@app/contract';
import { Database, type Outcome } from '@app/persistence';
import {
  isSoonestFirst,
  type MessagePlace,
  type PlacedLine,
  reminderLines,
  settleReminder,
  type TaskRefusal,
} from '@app/reminders';
import { instant } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { linkLines, settleLinkTask } from './link-messages.query';

/** All that people are told: of their appointments, of slots that became free, of times to choose. */
@Injectable()
export class Messages {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** A page at a time, under the viewer's own sight; `next` is the `before` of the following page. */
  async page(viewer: Viewer, { state: asked, limit, before, offers }: MessagesQuery): Promise<Page> {
    const state = asked ?? null;
    return this.database.within(contextOf(viewer), async (tx) => {
      const wanted = { state, most: limit + 1, after: before ? placeFrom(before) : null };
      const ofAppointments = await reminderLines(tx, viewer, wanted);
      const found = inOrder([...ofAppointments, ...(await linkLines(tx, viewer, { ...wanted, offers }))], state);
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      return { items: shown.map(({ line }) => line), next: last ? `${last.dueAt}_${last.id}` : null };
    });
  }

  /** Someone called or wrote. 'not-a-task': an SMS that is still to leave, a slot that is answered where it is proposed. */
  async done(viewer: Viewer, id: string): Promise<Outcome<null, TaskRefusal>> {
    return this.database.command(contextOf(viewer), async (tx) => {
      const reminder = await settleReminder(tx, id);
      return !reminder.ok && reminder.why === 'not-found' ? settleLinkTask(tx, id) : reminder;
    });
  }
}

function inOrder(lines: PlacedLine[], state: Page['items'][number]['state'] | null): PlacedLine[] {
  const forward = isSoonestFirst(state) ? 1 : -1;
  return lines.sort((one, other) => forward * (one.dueAt - other.dueAt || (one.id < other.id ? -1 : 1)));
}

function placeFrom(text: string): MessagePlace {
  const [due = '', id = ''] = text.split('_');
  return { dueAt: instant(Number(due)), id };
}
