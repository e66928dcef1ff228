import { type ReactNode, useState } from 'react';
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
  const count = groups.reduce((sum, { suggestions }) => sum + suggestions.length, 0);
  return (
    <search
      aria-label={label}
      className={floats ? 'suggest floats' : 'suggest'}
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
            onAction={(id) => {
              setInUse(false);
              onPick(String(id));
            }}
            renderEmptyState={() => <p className="none">{props.none}</p>}
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
