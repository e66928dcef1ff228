import type { Dictionary } from '../../i18n/language';

const fr = {
  more: (left: number) => `+\u00a0${left}`,
  moreOn: (left: number, date: string) => `+\u00a0${left} le ${date}`,
  until: (time: string) => `jusqu’à ${time}`,
  held: (start: string, until: string) => `${start} en cours de réservation jusqu’à ${until}`,
  notOffered: (count: number) => `Non proposés (${count})`,
};
const en: typeof fr = {
  more: (left: number) => `+\u00a0${left}`,
  moreOn: (left: number, date: string) => `+\u00a0${left} on ${date}`,
  until: (time: string) => `until ${time}`,
  held: (start: string, until: string) => `${start} being booked until ${until}`,
  notOffered: (count: number) => `Not offered (${count})`,
};
export const slotWords: Dictionary<typeof fr> = { fr, en };
