import type { Slots } from '@app/contract';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { slotWords } from './slot-words';
import './slot-list.css';

/** Below the slots, folded: the dates that are not offered, the rule, whose it is, and what can be done. */
export function NotOffered({ notOffered }: Pick<Slots, 'notOffered'>) {
  const words = useWords(slotWords);
  const say = useSay();
  const names = useNames();
  if (notOffered.length === 0) return null;
  const severalSites = new Set(notOffered.map(({ siteId }) => siteId)).size > 1;
  return (
    <details className="not-offered">
      <summary>{words.notOffered(notOffered.length)}</summary>
      <dl>
        {notOffered.map(({ date, motifId, siteId, why, text, owner, remedy }) => (
          <div key={date + motifId + why}>
            <dt>{[say.date(date), severalSites && names.site(siteId)?.name].filter(Boolean).join(' · ')}</dt>
            <dd>
              {text}
              <small>
                {owner}. {remedy}
              </small>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
