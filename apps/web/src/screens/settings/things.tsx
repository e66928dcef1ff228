import { type ReactNode, useState } from 'react';
import { matches } from '../../i18n/compare';
import { useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Empty } from '../../ui/page';
import { settingsWords } from './words';

export interface Thing {
  id: string;
  name: string;
  before?: ReactNode;
  /** What distinguishes it, on one line. */
  details: readonly (string | false | null | undefined)[];
  mayChange: boolean;
}

interface ThingsProps {
  things: readonly Thing[];
  /** The button's words; null when the viewer may not add any. */
  create: string | null;
  none: string;
  noneHow?: string;
  onCreate(): void;
  onChange(id: string): void;
}

const LONG = 8;

/** A list of the directory: found by a word when it is long, each line opened to be changed. */
export function Things({ things, create, none, noneHow, onCreate, onChange }: ThingsProps) {
  const words = useWords(settingsWords);
  const [typed, setTyped] = useState('');
  const found = things.filter(({ name, details }) => matches([name, ...details.filter(Boolean)].join(' '), typed));
  const button = create !== null && (
    <Button look="primary" onPress={onCreate}>
      {create}
    </Button>
  );
  if (things.length === 0)
    return (
      <Empty title={none}>
        <p>{noneHow}</p>
        {button}
      </Empty>
    );
  return (
    <>
      <div className="things-head">
        {things.length > LONG ? (
          <TextField label={words.find} value={typed} onChange={setTyped} type="search" autoComplete="off" />
        ) : (
          <span />
        )}
        {button}
      </div>
      {found.length === 0 && <p className="hint">{words.noneSo}</p>}
      <ul className="plain">
        {found.map((thing) => (
          <li key={thing.id} className="item thing">
            <div>
              {thing.before}
              <b>{thing.name}</b>
              <p>{thing.details.filter(Boolean).join(' · ')}</p>
            </div>
            {thing.mayChange && (
              <Button aria-label={words.edit(thing.name)} onPress={() => onChange(thing.id)}>
                {words.change}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
