import type { Published } from '@app/contract';
import { useWords } from '../../i18n/language';
import { say } from '../../ui/toasts';
import { permanenceWords } from './words';

/** Says what publishing did: dates added, kept, removed, and what is to be settled. */
export function useTold(): (published: Published, title?: string) => void {
  const words = useWords(permanenceWords);
  return ({ inserted, kept, removed, conflicts }, title = words.published) => {
    const opened = conflicts > 0 ? ` · ${words.resultConflicts(conflicts)}` : '';
    say(title, { detail: words.result(inserted, kept, removed) + opened });
  };
}
