import { isRouteErrorResponse, useRouteError } from 'react-router';
import { useWords } from '../i18n/language';
import { ButtonLink } from '../ui/button';
import { Page } from '../ui/page';
import { shellWords } from './words';

/** An address that leads nowhere, or a screen that broke: said, with the way back. */
export function Lost() {
  const words = useWords(shellWords);
  const error = useRouteError();
  const isUnknown = error === undefined || (isRouteErrorResponse(error) && error.status === 404);
  return (
    <Page title={isUnknown ? words.lost : words.broken}>
      <p>{isUnknown ? words.lostHow : words.brokenHow}</p>
      <ButtonLink href="/">{words.toToday}</ButtonLink>
    </Page>
  );
}
