import type { Language } from '@app/time';

const MODES: Record<Language, Record<string, string>> = {
  fr: { phone: 'par téléphone', home: 'à domicile', video: 'en visio' },
  en: { phone: 'by telephone', home: 'at home', video: 'by video' },
};

/** How else the motif is received: what needs no open door. */
export function otherModes(modes: readonly string[]): string[] {
  return modes.filter((mode) => mode !== 'on-site');
}

/**
 * Why the door is closed, and what can be done.
 * `sayWayOut('Lundi de Pâques', ['phone'], 'fr')`: "Lundi de Pâques. Choisissez un autre jour, ou recevez par téléphone."
 */
export function sayWayOut(cause: string, modes: readonly string[], language: Language): string {
  const words = MODES[language];
  const others = modes.flatMap((mode) => words[mode] ?? []);
  const or = language === 'fr' ? ' ou ' : ' or ';
  const said = [others.slice(0, -1).join(', '), others.at(-1)].filter(Boolean).join(or);
  if (language === 'fr') return `${cause}. Choisissez un autre jour${said && `, ou recevez ${said}`}.`;
  return `${cause}. Choose another day${said && `, or receive ${said}`}.`;
}
