import { type ReactNode, useEffect, useRef } from 'react';
import { ProgressBar } from 'react-aria-components';
import { useWords } from '../i18n/language';
import { sharedWords } from '../i18n/shared';
import { Refused } from '../api/client';
import { Button, ButtonLink } from './button';
import { ProblemNote } from './problem';

interface PageProps {
  title: string;
  lead?: ReactNode;
  acts?: ReactNode;
  children: ReactNode;
}

/** A screen: its title (also the window's), what can be done, and its content. Coming to it moves the focus to its title. */
export function Page({ title, lead, acts, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Palier`;
  }, [title]);
  useEffect(() => {
    // A field that asks for the focus has it already; a link that led here is no longer where the person is.
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.closest('nav'))
      heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <div className="head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p>{lead}</p>}
        </div>
        {acts && <div className="acts">{acts}</div>}
      </div>
      {children}
    </>
  );
}

export function Loading() {
  const words = useWords(sharedWords);
  return (
    <ProgressBar className="loading" isIndeterminate aria-label={words.loading}>
      {words.loading}
    </ProgressBar>
  );
}

/** A list with nothing in it says what to do first. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p>
        <b>{title}</b>
      </p>
      {children}
    </div>
  );
}

/** What the address names is not there for this person: asking again would not help. */
function Gone({ isScreen }: { isScreen: boolean }) {
  const words = useWords(sharedWords);
  const Around = isScreen ? Page : Empty;
  return (
    <Around title={words.gone}>
      <p>{words.goneHow}</p>
      <ButtonLink href="/">{words.toToday}</ButtonLink>
    </Around>
  );
}

interface AnswerProps<Data> {
  query: { data: Data | undefined; error: Error | null; refetch(): unknown };
  /** It is the whole screen, which has a title of its own. */
  isScreen?: boolean;
  children(data: Data): ReactNode;
}

/** What a query gave: its data as soon as there is some, else why there is none, else that it is coming. */
export function Answer<Data>({ query, isScreen = false, children }: AnswerProps<Data>) {
  const words = useWords(sharedWords);
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (!query.error) return <Loading />;
  if (query.error instanceof Refused && query.error.status === 404) return <Gone isScreen={isScreen} />;
  return (
    <ProblemNote error={query.error}>
      <Button onPress={() => query.refetch()}>{words.retry}</Button>
    </ProblemNote>
  );
}
