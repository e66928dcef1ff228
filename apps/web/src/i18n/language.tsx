import type { Language } from '@app/time';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { wordsIn } from './typeset';

/** The same words in both languages: `en` is typed by `fr`, so that a missing sentence does not compile. */
export interface Dictionary<Words> {
  fr: Words;
  en: Words;
}

interface Speech {
  language: Language;
  choose(language: Language): void;
}

const Spoken = createContext<Speech>({ language: 'fr', choose: () => undefined });
const KEPT = 'palier.language';

/** What this person chose on this screen, else what the browser prefers, French first. */
export function keptLanguage(): Language | null {
  const value = localStorage.getItem(KEPT);
  return value === 'fr' || value === 'en' ? value : null;
}

let current: Language = keptLanguage() ?? 'fr';
/** For what is asked outside React: the language of the answers. */
export const spokenLanguage = (): Language => current;

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(current);
  const speech = useMemo<Speech>(
    () => ({
      language,
      choose: (chosen) => {
        current = chosen;
        localStorage.setItem(KEPT, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <Spoken value={speech}>
      <I18nProvider locale={language === 'fr' ? 'fr-FR' : 'en-GB'}>{children}</I18nProvider>
    </Spoken>
  );
}

export function useLanguage(): Speech {
  return use(Spoken);
}

/** The account's own language, until this workstation is told otherwise. */
export function useAccountLanguage(language: Language | undefined): void {
  const { choose } = useLanguage();
  useEffect(() => {
    if (language && keptLanguage() === null) choose(language);
  }, [language, choose]);
}

export function useWords<Words>(dictionary: Dictionary<Words>): Words {
  return wordsIn(dictionary, useLanguage().language);
}
