import type { Role } from '@app/contract';
import type { ComponentType } from 'react';
import { Navigate, NavLink, useParams } from 'react-router';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { Page } from '../../ui/page';
import { Absences } from './absences';
import { Accounts } from './accounts';
import { Agents } from './agents';
import { Calendars } from './calendars';
import { Closures } from './closures';
import { Motifs } from './motifs';
import { OwnAccount } from './own-account';
import { Partners } from './partners';
import { Rooms } from './rooms';
import { Sectors } from './sectors';
import { Sites } from './sites';
import { settingsWords } from './words';
import './settings.css';

const SECTIONS = {
  lieux: Sites,
  bureaux: Rooms,
  partenaires: Partners,
  agents: Agents,
  motifs: Motifs,
  secteurs: Sectors,
  calendriers: Calendars,
  absences: Absences,
  fermetures: Closures,
  comptes: Accounts,
  'mon-compte': OwnAccount,
} satisfies Record<string, ComponentType>;
type Section = keyof typeof SECTIONS;
const EVERY = Object.keys(SECTIONS) as Section[];

/** What is not offered is refused by the server too: this only spares a dead end. */
const OFFERED: Record<Role, readonly Section[]> = {
  administrator: EVERY,
  manager: EVERY,
  'partner-editor': ['partenaires', 'agents', 'motifs', 'absences', 'calendriers', 'fermetures', 'mon-compte'],
  desk: ['absences', 'mon-compte'],
  agent: ['absences', 'calendriers', 'mon-compte'],
};

export function Settings() {
  const words = useWords(settingsWords);
  const asked = useParams()['*'];
  const { account } = useMe();
  const offered = OFFERED[account.role];
  const section = offered.find((one) => one === asked);
  if (!section) return <Navigate to={`/reglages/${offered[0]}`} replace />;
  const Shown = SECTIONS[section];
  const title = (one: Section) =>
    one === 'partenaires' && account.role === 'partner-editor' ? words.mine : words.sections[one];
  return (
    <Page title={title(section)}>
      {offered.length > 1 && (
        <nav className="settings-nav" aria-label={words.nav}>
          {offered.map((one) => (
            <NavLink key={one} to={`/reglages/${one}`}>
              {title(one)}
            </NavLink>
          ))}
        </nav>
      )}
      <Shown />
    </Page>
  );
}
