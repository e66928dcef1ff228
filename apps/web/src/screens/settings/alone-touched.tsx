import type { AbsenceEffect } from '@app/contract';
import { useNames } from '../../api/queries';
import { type Dictionary, useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { PartnerMark } from '../../ui/partner-mark';

const SHOWN = 10;

const fr = {
  alone: (count: number) => (count > 1 ? `${count} rendez-vous hors permanence` : '1 rendez-vous hors permanence'),
  more: (count: number) => (count > 1 ? `et ${count} autres rendez-vous` : 'et 1 autre rendez-vous'),
};
const en: typeof fr = {
  alone: (count) =>
    count > 1 ? `${count} appointments outside any permanence` : '1 appointment outside any permanence',
  more: (count) => (count > 1 ? `and ${count} other appointments` : 'and 1 other appointment'),
};
const words: Dictionary<typeof fr> = { fr, en };

/** The appointments outside any permanence that an absence or a closure touches, before it is saved. */
export function AloneTouched({ alone }: Pick<AbsenceEffect, 'alone'>) {
  const said = useWords(words);
  const say = useSay();
  const names = useNames();
  if (alone.length === 0) return null;
  return (
    <>
      <b>{said.alone(alone.length)}</b>
      <ul className="plain">
        {alone.slice(0, SHOWN).map(({ appointmentId, partnerId, motifId, name, start, end }) => (
          <li key={appointmentId}>
            <PartnerMark partner={names.partner(partnerId)} />
            {[names.motif(motifId)?.discreetLabel, say.moment(start, end), name].filter(Boolean).join(', ')}
          </li>
        ))}
      </ul>
      {alone.length > SHOWN && <p>{said.more(alone.length - SHOWN)}</p>}
    </>
  );
}
