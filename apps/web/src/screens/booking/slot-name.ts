import type { Say } from '../../i18n/say-in';

interface SlotSaid {
  start: string;
  end: string;
  who: string;
  /** Whether the button itself shows who receives. */
  showsWho: boolean;
  site: string | undefined;
}

/** A slot's button, heard: all that tells it from the others. What is seen on it is in it word for word, so that it is found by voice. */
export function slotName(
  say: Pick<Say, 'moment' | 'time'>,
  until: (time: string) => string,
  { start, end, who, showsWho, site }: SlotSaid,
): string {
  const seen = showsWho && who !== '';
  const when = seen ? [`${say.moment(start)} ${who}`, until(say.time(end))] : [say.moment(start, end), who];
  return [...when, site].filter(Boolean).join(', ');
}
