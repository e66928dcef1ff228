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
  const severalMotifs = new Set(notOffered.map(({ motifId }) => motifId)).size > 1;
  const about = ({ date, motifId, siteId }: Slots['notOffered'][number]) =>
    [say.date(date), severalMotifs && names.motif(motifId)?.label, severalSites && names.site(siteId)?.name]
      .filter(Boolean)
      .join(' · ');
  return (
    <details className="not-offered">
      <summary>{words.notOffered(notOffered.length)}</summary>
      <dl>
        {notOffered.map((one) => (
          <div key={one.date + one.motifId + one.why}>
            <dt>{about(one)}</dt>
            <dd>
              {one.text}
              <small>
                {one.owner}. {one.remedy}
              </small>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
