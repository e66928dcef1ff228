import type { Published } from '@app/contract';
import { useWords } from '../../i18n/language';
import { say } from '../../ui/toasts';
import { proposalWords } from './proposal-words';
import { permanenceWords } from './words';

/** Says what publishing did: dates added, kept, removed, and what is to be settled; or that it was only asked for. */
export function useTold(): (published: Published, title?: string) => void {
  const words = useWords(permanenceWords);
  const asking = useWords(proposalWords);
  return ({ inserted, kept, removed, conflicts, proposed }, title = words.published) => {
    if (proposed) return say(asking.askedDone, { detail: asking.askedDetail });
    const opened = conflicts > 0 ? ` · ${words.resultConflicts(conflicts)}` : '';
    say(title, { detail: words.result(inserted, kept, removed) + opened });
  };
}
