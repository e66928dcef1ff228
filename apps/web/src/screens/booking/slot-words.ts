import type { Dictionary } from '../../i18n/language';

const fr = {
  more: (left: number) => `+\u00a0${left}`,
  moreOn: (left: number, date: string) => `${left} de plus ${date}`,
};
const en: typeof fr = {
  more: (left: number) => `+\u00a0${left}`,
  moreOn: (left: number, date: string) => `${left} more on ${date}`,
};
export const slotWords: Dictionary<typeof fr> = { fr, en };
