/** Said when a person's name is not for the viewer. */
const UNKNOWN = '—';

export interface Named {
  first_name: string | null;
  last_name: string | null;
}

/** "Yasmine Martin": where someone at the desk has opened a panel on her. */
export function fullName({ first_name, last_name }: Named): string {
  return [first_name, last_name].filter(Boolean).join(' ') || UNKNOWN;
}

/** "Y. M.": on a screen that whoever stands at the desk can read. */
export function initials({ first_name, last_name }: Named): string {
  const letters = [first_name, last_name].flatMap((name) => [...(name ?? '').trim()].slice(0, 1));
  return letters.map((letter) => `${letter.toUpperCase()}.`).join(' ') || UNKNOWN;
}
