import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import {
  Autocomplete,
  Collection,
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  SearchField,
} from 'react-aria-components';

export interface Suggestion {
  id: string;
  /** What is read aloud and compared. */
  text: string;
  detail?: string;
  before?: ReactNode;
}

export interface SuggestionGroup {
  id: string;
  title: string;
  suggestions: readonly Suggestion[];
}

interface SuggestProps {
  label: string;
  labelIsHidden?: boolean;
  placeholder?: string;
  typed: string;
  onType(typed: string): void;
  groups: readonly SuggestionGroup[];
  onPick(id: string): void;
  /** The answers are still those to earlier letters: Enter waits for the right ones. */
  isStale?: boolean;
  /** What to say when nothing answers. */
  none?: string;
  /** The list lies over the page and only while the box is used; otherwise it is part of the page. */
  floats?: boolean;
  autoFocus?: boolean;
  after?: ReactNode;
  inputId?: string;
  onEscape?(): void;
}

/**
 * A box and the list of what answers to it: the first answer is ready under Enter, arrows go to the others,
 * and the focus never leaves the box.
 */
export function Suggest(props: SuggestProps) {
  const { label, typed, onType, groups, onPick, floats = false } = props;
  const [inUse, setInUse] = useState(false);
  const isShown = !floats || (inUse && typed.trim() !== '');
  const first = groups.find(({ suggestions }) => suggestions.length > 0)?.suggestions[0];
  const [enterWaits, setEnterWaits] = useState(false);
  const { isStale = false } = props;
  const count = groups.reduce((sum, { suggestions }) => sum + suggestions.length, 0);
  const pick = (id: string) => {
    setInUse(false);
    onPick(id);
  };
  // Someone who types fast is not made to wait for the list: Enter means the first answer, whenever it comes.
  const takeEnter = (event: KeyboardEvent<HTMLElement>) => {
    const { target } = event;
    if (event.key !== 'Enter' || !isShown || typed.trim() === '' || !(target instanceof HTMLInputElement)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isStale) return setEnterWaits(true);
    // The answer the arrows went to, unless it left the list since.
    const reached = document.getElementById(target.getAttribute('aria-activedescendant') ?? '')?.dataset.key;
    const isThere = groups.some(({ suggestions }) => suggestions.some(({ id }) => id === reached));
    const chosen = isThere ? reached : first?.id;
    if (chosen) pick(chosen);
  };
  useEffect(() => {
    if (!enterWaits || isStale) return;
    setEnterWaits(false);
    if (first) onPick(first.id);
  }, [enterWaits, isStale, first, onPick]);
  return (
    <search
      aria-label={label}
      className={floats ? 'suggest floats' : 'suggest'}
      onKeyDownCapture={takeEnter}
      onFocus={() => setInUse(true)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setInUse(false);
      }}
    >
      <Autocomplete inputValue={typed} onInputChange={onType}>
        <SearchField
          {...(props.labelIsHidden && { 'aria-label': label })}
          {...(props.autoFocus && { autoFocus: true })}
          className="ask"
          onKeyDown={(event) => {
            if (event.key === 'Escape' && typed === '') props.onEscape?.();
            event.continuePropagation();
          }}
        >
          {!props.labelIsHidden && <Label>{label}</Label>}
          <Input
            role="combobox"
            aria-expanded={isShown && count > 0}
            aria-haspopup="listbox"
            {...(props.inputId && { id: props.inputId })}
            {...(props.placeholder && { placeholder: props.placeholder })}
          />
          {props.after}
        </SearchField>
        {isShown && (
          <ListBox
            className="options"
            aria-label={label}
            items={groups.filter(({ suggestions }) => suggestions.length > 0)}
            selectionMode="none"
            onAction={(id) => pick(String(id))}
            {...(props.none && { renderEmptyState: () => <p className="none">{props.none}</p> })}
          >
            {(group) => (
              <ListBoxSection id={group.id}>
                <Header>{group.title}</Header>
                <Collection items={group.suggestions}>
                  {(suggestion) => (
                    <ListBoxItem className="option" textValue={suggestion.text}>
                      <span>
                        {suggestion.before}
                        {suggestion.text}
                      </span>
                      {suggestion.detail && <small>{suggestion.detail}</small>}
                    </ListBoxItem>
                  )}
                </Collection>
              </ListBoxSection>
            )}
          </ListBox>
        )}
      </Autocomplete>
      <span className="visually-hidden" role="status">
        {isShown && typed !== '' && count === 0 && props.none}
      </span>
    </search>
  );
}
