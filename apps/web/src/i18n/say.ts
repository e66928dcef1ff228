import { useMemo } from 'react';
import { useToday } from '../clock/product-clock';
import { useLanguage } from './language';
import { type Say, sayIn } from './say-in';

export { type Say, sayPhone } from './say-in';

/** Dates and hours in this reader's language, told from the product's own day. */
export function useSay(): Say {
  const { language } = useLanguage();
  const today = useToday();
  return useMemo(() => sayIn(language, today), [language, today]);
}
