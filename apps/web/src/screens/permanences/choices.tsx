import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface ChoicesProps {
  label: string;
  /** null: nothing is chosen yet. */
  value: string | null;
  onChange(value: string): void;
  options: readonly { id: string; label: string }[];
}

/** The answers to a question, side by side; none is chosen beforehand. */
export function Choices({ label, value, onChange, options }: ChoicesProps) {
  return (
    <ToggleButtonGroup
      className="choices"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={value === null ? [] : [value]}
      onSelectionChange={(chosen) => {
        const [first] = chosen;
        if (first !== undefined) onChange(String(first));
      }}
    >
      {options.map((option) => (
        <ToggleButton key={option.id} id={option.id} className="button plain">
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
