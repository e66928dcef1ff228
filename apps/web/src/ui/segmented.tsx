import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  onChange(value: NoInfer<Value>): void;
  options: readonly { id: NoInfer<Value>; label: string }[];
}

/** Two or three ways to look at the same thing, one of them chosen. */
export function Segmented<Value extends string>({ label, value, onChange, options }: SegmentedProps<Value>) {
  return (
    <ToggleButtonGroup
      className="segmented"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(chosen) => {
        const [first] = chosen;
        if (first !== undefined) onChange(first as Value);
      }}
    >
      {options.map(({ id, label: said }) => (
        <ToggleButton key={id} id={id}>
          {said}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
