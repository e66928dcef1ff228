import type { Language } from '@app/time';
import { type Html, html } from './html';
import { WORDS } from './words';

export interface Frame {
  title: string;
  /** Name of the place. */
  space: string;
  language: Language;
  /** The same page in the other language; null: it has none. */
  other: string | null;
  back: { href: string; words: string } | null;
  main: Html;
}

/** A public page: plain HTML, no script needed, readable aloud, printable. */
export function framed({ title, space, language, other, back, main }: Frame): string {
  const to = language === 'fr' ? 'en' : 'fr';
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${title} — ${space}</title><link rel="stylesheet" href="/public/page.css"><script src="/public/page.js" defer></script></head><body>
<header><p class="space">${space}</p>${back && html`<p class="back"><a href="${back.href}">${back.words}</a></p>`}</header>
<main>${main}</main>
<footer><p>${WORDS[language].welcome}</p>${other && html`<p><a href="${other}" lang="${to}" hreflang="${to}">${WORDS[language].other}</a></p>`}</footer>
</body></html>`.text;
}

/** All a script does here: where there is one, a button prints. */
export const PAGE_SCRIPT = `for(const b of document.querySelectorAll('[data-print]')){b.hidden=false;b.onclick=()=>print()}`;
