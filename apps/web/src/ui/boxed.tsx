import type { ReactNode } from 'react';
import './boxed.css';

/** Fields that go together, under their name. */
export function Boxed({
  legend,
  className = '',
  children,
}: {
  legend: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <fieldset className={`boxed ${className}`}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}
