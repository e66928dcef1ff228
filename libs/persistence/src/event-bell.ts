/** At most one NOTIFY per this many milliseconds and process: a NOTIFY per booking costs an eighth of their speed. */
const QUIET_MS = 25;

/** Wakes readers of the event log. It only wakes: a lost ring delays a screen by a poll, nothing more. */
export class EventBell {
  private pending: NodeJS.Timeout | null = null;

  constructor(private readonly notify: () => Promise<unknown>) {}

  ring(): void {
    this.pending ??= setTimeout(() => {
      this.pending = null;
      this.notify().catch(() => undefined);
    }, QUIET_MS);
  }

  stop(): void {
    if (this.pending) clearTimeout(this.pending);
    this.pending = null;
  }
}
