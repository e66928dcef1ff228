import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { SelectField } from '../../ui/field';
import { waitingWords } from './words';

/** What is booked through Palier: nothing else can be waited for. */
export function MotifField({ value, onChange }: { value: string | null; onChange(id: string): void }) {
  const words = useWords(waitingWords);
  const names = useNames();
  const options = names.motifs
    .filter(({ retired, booked }) => !retired && booked === 'here')
    .map(({ id, label, partnerId }) => ({ id, label, detail: names.partner(partnerId)?.shortName ?? '' }));
  return <SelectField label={words.motif} value={value} onChange={onChange} options={options} />;
}
