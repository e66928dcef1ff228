import type { Language } from '@app/time';

const HOLIDAYS: Record<string, string> = {
  Toussaint: 'de la Toussaint',
  Noël: 'de Noël',
  hiver: 'd’hiver',
  printemps: 'de printemps',
  été: 'd’été',
};

/** "hors vacances scolaires", "pendant les vacances de Noël seulement": as it is printed, and read back. */
export function saySchoolHolidays(effect: 'skip' | 'only', name: string | null, language: Language = 'fr'): string {
  if (language === 'en') {
    const said = `school holidays${name ? ` (${name})` : ''}`;
    return effect === 'skip' ? `except ${said}` : `${said} only`;
  }
  const holidays = `vacances ${(name && HOLIDAYS[name]) || 'scolaires'}`;
  return effect === 'skip' ? `hors ${holidays}` : `pendant les ${holidays} seulement`;
}
