import { Checkbox, CheckboxGroup, FieldError, Label, Text } from 'react-aria-components';
import type { Option } from './field';
import './many.css';

interface ManyProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: readonly string[];
  onChange(value: string[]): void;
  options: readonly Option[];
}

/** Several of a few, all of them seen: days, months, people. */
export function Many({ label, hint, error, value, onChange, options }: ManyProps) {
  return (
    <CheckboxGroup
      className="field many"
      value={[...value]}
      onChange={onChange}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      <div className="chips">
        {options.map((option) => (
          <Checkbox key={option.id} value={option.id} className="chip">
            {option.label}
          </Checkbox>
        ))}
      </div>
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </CheckboxGroup>
  );
}
