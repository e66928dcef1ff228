import { useRouteError } from 'react-router';
import { useWords } from '../i18n/language';
import { ButtonLink } from '../ui/button';
import { Page } from '../ui/page';
import { leadsNowhere } from './leads-nowhere';
import { shellWords } from './words';

/** An address that leads nowhere, or a screen that broke: said, with the way back. */
export function Lost() {
  const words = useWords(shellWords);
  const isUnknown = leadsNowhere(useRouteError());
  return (
    <Page title={isUnknown ? words.lost : words.broken}>
      <p>{isUnknown ? words.lostHow : words.brokenHow}</p>
      <ButtonLink href="/">{words.toToday}</ButtonLink>
    </Page>
  );
}
