import { parseTime, type Time } from '@internationalized/date';
import { type ReactNode } from 'react';
import {
  Button,
  Checkbox as Box,
  DateInput,
  DateSegment,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  NumberField as NumberInput,
  Popover,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField as TextInput,
  TimeField as TimeInput,
} from 'react-aria-components';

export interface Common {
  label: string;
  /** A line under the field, read with it. */
  hint?: string | undefined;
  /** What the server (or the form) has against the value. */
  error?: string | undefined;
  isRequired?: boolean | undefined;
  isDisabled?: boolean | undefined;
  name?: string;
}

export function Around({ hint, error }: Pick<Common, 'hint' | 'error'>) {
  return (
    <>
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </>
  );
}

export interface TextFieldProps extends Common {
  value: string;
  onChange(value: string): void;
  type?: 'text' | 'tel' | 'email' | 'password' | 'search' | 'url';
  autoComplete?: string;
  autoFocus?: boolean;
  inputMode?: 'numeric' | 'tel' | 'text';
  lines?: number;
  maxLength?: number;
}

export function TextField({ label, hint, error, lines, value, onChange, inputMode, ...props }: TextFieldProps) {
  return (
    <TextInput
      {...props}
      {...(inputMode && { inputMode })}
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      {lines ? <TextArea rows={lines} /> : <Input />}
      <Around hint={hint} error={error} />
    </TextInput>
  );
}

export interface NumberFieldProps extends Common {
  value: number | null;
  onChange(value: number | null): void;
  minValue?: number;
  maxValue?: number;
  step?: number;
}

/** Plain digits: no thousands separator in a year, no minus in a capacity. */
export function NumberField({ label, hint, error, value, onChange, ...props }: NumberFieldProps) {
  return (
    <NumberInput
      {...props}
      className="field"
      value={value ?? Number.NaN}
      onChange={(typed) => onChange(Number.isNaN(typed) ? null : typed)}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      formatOptions={{ useGrouping: false }}
    >
      <Label>{label}</Label>
      <Input />
      <Around hint={hint} error={error} />
    </NumberInput>
  );
}

export interface Option {
  id: string;
  label: string;
  detail?: string;
}

export interface SelectFieldProps extends Common {
  value: string | null;
  onChange(value: string): void;
  options: readonly Option[];
  placeholder?: string;
  autoFocus?: boolean;
  /** Hides the label for the eye only, where the place says it (the top bar). */
  labelIsHidden?: boolean;
}

export function SelectField({
  label,
  hint,
  error,
  value,
  onChange,
  options,
  labelIsHidden,
  placeholder,
  ...props
}: SelectFieldProps) {
  return (
    <Select
      {...props}
      className="field select"
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      {...(placeholder !== undefined && { placeholder })}
      {...(labelIsHidden && { 'aria-label': label })}
    >
      {!labelIsHidden && <Label>{label}</Label>}
      <Button className="button plain picker">
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </Button>
      <Around hint={hint} error={error} />
      <Popover className="popover">
        <ListBox className="options" items={options}>
          {(option) => (
            <ListBoxItem className="option" textValue={option.label}>
              <span>{option.label}</span>
              {option.detail && <small>{option.detail}</small>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

export interface CheckboxProps {
  value: boolean;
  onChange(value: boolean): void;
  children: ReactNode;
  isDisabled?: boolean;
}

export function Checkbox({ value, onChange, children, ...props }: CheckboxProps) {
  return (
    <Box {...props} className="check" isSelected={value} onChange={onChange}>
      <span className="tick" aria-hidden="true" />
      <span>{children}</span>
    </Box>
  );
}

export interface TimeFieldProps extends Common {
  /** 'HH:MM' */
  value: string | null;
  onChange(value: string | null): void;
}

export function TimeField({ label, hint, error, value, onChange, ...props }: TimeFieldProps) {
  return (
    <TimeInput
      {...props}
      className="field time-field"
      value={value ? parseTime(value) : null}
      onChange={(time: Time | null) => onChange(time ? time.toString().slice(0, 5) : null)}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      hourCycle={24}
      shouldForceLeadingZeros
    >
      <Label>{label}</Label>
      <DateInput className="segments">{(segment) => <DateSegment segment={segment} />}</DateInput>
      <Around hint={hint} error={error} />
    </TimeInput>
  );
}
