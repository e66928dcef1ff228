import { useWords } from '../../i18n/language';
import { SelectField } from '../../ui/field';
import { useRights } from './rights';
import { settingsWords } from './words';

interface PartnerFieldProps {
  value: string | null;
  onChange(partnerId: string): void;
  error: string | undefined;
  /** What exists stays with its partner: its past would change hands. */
  isFixed: boolean;
}

/** Whose it is; nothing to choose for who writes for one partner. */
export function PartnerField({ value, onChange, error, isFixed }: PartnerFieldProps) {
  const words = useWords(settingsWords);
  const { partners } = useRights();
  if (isFixed || partners.length < 2) return null;
  return (
    <SelectField
      label={words.partner}
      placeholder={words.choose}
      value={value}
      onChange={onChange}
      error={error}
      options={partners.map(({ id, name }) => ({ id, label: name }))}
    />
  );
}
