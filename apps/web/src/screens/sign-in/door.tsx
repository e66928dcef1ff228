import { type ReactNode, useEffect } from 'react';
import { useLanguage, useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import { signInWords } from './words';
import './door.css';

/** The page before the desk: one question at a time. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const words = useWords(signInWords);
  const { language, choose } = useLanguage();
  useEffect(() => {
    document.title = `${title} · Palier`;
  }, [title]);
  return (
    <main className="door">
      <div className="door-brand">
        <img src="/palier.svg" alt="" width="44" height="44" />
        <div>
          <b>Palier</b>
          <p>{words.tagline}</p>
        </div>
      </div>
      <section className="card">
        <h1>{title}</h1>
        {children}
      </section>
      <footer>
        <a href="/public">{words.publicPage}</a>
        <Button look="quiet" onPress={() => choose(language === 'fr' ? 'en' : 'fr')}>
          {words.language}
        </Button>
      </footer>
    </main>
  );
}
