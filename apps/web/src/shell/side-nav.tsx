import { NavLink } from 'react-router';
import { useBoard } from '../api/queries';
import { useSession } from '../api/session';
import { useWords } from '../i18n/language';
import { proposalWords } from '../screens/permanences/proposal-words';
import { useProposals } from '../screens/permanences/queries';
import { usePlace } from './place';
import { shellWords } from './words';

export function SideNav() {
  const words = useWords(shellWords);
  const { siteId, today } = usePlace();
  const { data: board } = useBoard(siteId, today);
  const counts = board?.counts;
  const asking = useWords(proposalWords);
  const role = useSession().data?.account.role;
  const { data: proposals = [] } = useProposals(role === 'manager' || role === 'administrator');
  const messages = (counts?.failedMessages ?? 0) + (counts?.calls ?? 0);
  return (
    <nav className="side" aria-label={words.nav}>
      <NavLink to="/" end>
        {words.today}
      </NavLink>
      <NavLink to="/creneaux">{words.find}</NavLink>
      <NavLink to="/planning">{words.planning}</NavLink>
      <NavLink to="/permanences">{words.permanences}</NavLink>
      <NavLink to="/a-regler">
        {words.toSettle} <Count count={counts?.conflicts ?? 0} said={words.toSettleCount} look="stop" />{' '}
        <Count count={proposals.length} said={asking.toAnswerCount} look="wait" />
      </NavLink>
      <NavLink to="/messages">
        {words.messages} <Count count={messages} said={words.messagesCount} look="wait" />
      </NavLink>
      <NavLink to="/usagers">{words.usagers}</NavLink>
      <Settings />
    </nav>
  );
}

/** The place and its partners for those who set them; absences and one's own account for everyone. */
function Settings() {
  const words = useWords(shellWords);
  const { data } = useSession();
  const role = data?.account.role;
  if (role === undefined) return null;
  return <NavLink to="/reglages">{words.settings}</NavLink>;
}

function Count({ count, said, look }: { count: number; said(count: number): string; look: 'stop' | 'wait' }) {
  if (count === 0) return null;
  return (
    <span className={`count ${look}`}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{said(count)}</span>
    </span>
  );
}
