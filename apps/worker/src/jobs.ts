import type { DueSubscription } from '@app/calendars';
import type { DueReminder } from '@app/reminders';
import type { PlainDate } from '@app/time';
import type { DueLink } from '@app/waiting';
import type { JobsOptions } from 'bullmq';

/** A job carries ids; whoever runs it reads the truth again. */
export type PalierJob =
  | { name: 'send'; data: DueReminder; opts: JobsOptions }
  | { name: 'link'; data: DueLink; opts: JobsOptions }
  | { name: 'calendar'; data: DueSubscription; opts: JobsOptions }
  | { name: 'night'; data: { day: PlainDate }; opts: JobsOptions };

// Settled or not is written in the tables: a finished job leaves no trace, so that its id may be queued again.
const TRACELESS: JobsOptions = { removeOnComplete: true, removeOnFail: true };

/** About ten minutes of tries: 5 s, 10 s, 20 s… A gateway that is away for longer is for the desk to know. */
const TRIED: JobsOptions = { ...TRACELESS, attempts: 8, backoff: { type: 'exponential', delay: 5_000 } };

export function sendJob(due: DueReminder): PalierJob {
  return { name: 'send', data: due, opts: { ...TRIED, jobId: due.id } };
}

export function linkJob(due: DueLink): PalierJob {
  return { name: 'link', data: due, opts: { ...TRIED, jobId: `link-${due.id}` } };
}

/** Not tried again by the queue: a calendar that fails says itself when it is asked again. */
export function calendarJob(due: DueSubscription): PalierJob {
  return { name: 'calendar', data: due, opts: { ...TRACELESS, jobId: `calendar-${due.id}` } };
}

export function nightJob(day: PlainDate): PalierJob {
  return { name: 'night', data: { day }, opts: { ...TRACELESS, jobId: `night-${day}` } };
}
