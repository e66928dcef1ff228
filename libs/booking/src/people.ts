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
  const [first, last] = [initial(first_name), initial(last_name)];
  return first && last ? `${first} ${last}` : first || last || UNKNOWN;
}

function initial(name: string | null): string {
  // A letter of any alphabet, whole.
  const letter = name?.trim().codePointAt(0);
  return letter === undefined ? '' : `${String.fromCodePoint(letter).toUpperCase()}.`;
}
