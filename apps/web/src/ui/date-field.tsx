import { type CalendarDate, parseDate } from '@internationalized/date';
import { useState } from 'react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Label,
  Popover,
} from 'react-aria-components';
import { useToday } from '../clock/product-clock';
import { useWords } from '../i18n/language';
import { sharedWords } from '../i18n/shared';
import { Around, type Common } from './field';

export interface DateFieldProps extends Common {
  /** 'YYYY-MM-DD' */
  value: string | null;
  onChange(value: string | null): void;
}

const FIRST_YEAR = 1900;
const CENTURY = 2000;

export function DateField({ label, hint, error, value, onChange, ...props }: DateFieldProps) {
  const { chooseDate } = useWords(sharedWords);
  const today = useToday();
  // "202" on its way to "2027" is no year: nobody is told of it before it is one.
  const [halfTyped, setHalfTyped] = useState<CalendarDate | null>(null);
  const told = (date: CalendarDate | null) => {
    const isWhole = date === null || date.year >= FIRST_YEAR;
    setHalfTyped(isWhole ? null : date);
    if (isWhole) onChange(date ? date.toString() : null);
  };
  return (
    <DatePicker
      {...props}
      className="field date-field"
      value={halfTyped ?? (value ? parseDate(value) : null)}
      onChange={told}
      // "27" is how people write 2027.
      onBlur={() => {
        if (halfTyped && halfTyped.year < 100) told(halfTyped.add({ years: CENTURY }));
        else setHalfTyped(null);
      }}
      placeholderValue={parseDate(today)}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      shouldForceLeadingZeros
    >
      <Label>{label}</Label>
      <Group className="segments">
        <DateInput>{(segment) => <DateSegment segment={segment} />}</DateInput>
        <Button className="button icon" aria-label={chooseDate}>
          ▾
        </Button>
      </Group>
      <Around hint={hint} error={error} />
      <Popover className="popover">
        <Dialog aria-label={chooseDate}>
          <Month />
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

interface MonthProps {
  value?: string;
  onChange?(value: string): void;
  autoFocus?: boolean;
}

/** One month to choose a day in, where nothing is chosen the product's today. Inside a DateField it takes its value from there. */
export function Month({ value, onChange, autoFocus }: MonthProps) {
  const { previousMonth, nextMonth } = useWords(sharedWords);
  const today = useToday();
  return (
    <Calendar
      className="month"
      {...(value !== undefined && { value: parseDate(value), defaultFocusedValue: parseDate(value) })}
      {...(value === undefined && { defaultFocusedValue: parseDate(today) })}
      {...(onChange && { onChange: (date: CalendarDate) => onChange(date.toString()) })}
      {...(autoFocus && { autoFocus })}
      firstDayOfWeek="mon"
    >
      <header>
        <Button slot="previous" className="button icon" aria-label={previousMonth}>
          ‹
        </Button>
        <Heading />
        <Button slot="next" className="button icon" aria-label={nextMonth}>
          ›
        </Button>
      </header>
      <CalendarGrid weekdayStyle="short">
        {(date) => <CalendarCell date={date} className={date.toString() === today ? 'cell is-today' : 'cell'} />}
      </CalendarGrid>
    </Calendar>
  );
}
