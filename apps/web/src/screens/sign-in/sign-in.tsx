import { useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useColleagues, useSession } from '../../api/session';
import { useWords } from '../../i18n/language';
import { CodeForm } from '../../shell/person-menu';
import { Button, ButtonLink } from '../../ui/button';
import { Loading } from '../../ui/page';
import { Door } from './door';
import { PasswordForm } from './password-form';
import { signInWords } from './words';

/** Signing in leads back to where one was going. */
export function SignIn() {
  const words = useWords(signInWords);
  const { data: me, isPending } = useSession();
  const { state } = useLocation();
  if (isPending) return <Loading />;
  if (me) return <Navigate to={cameFrom(state)} replace />;
  return (
    <Door title={words.title}>
      <Ways />
      <ButtonLink look="quiet" href="/mot-de-passe">
        {words.forgotten}
      </ButtonLink>
    </Door>
  );
}

function cameFrom(state: unknown): string {
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : null;
  return typeof from === 'string' && from.startsWith('/') ? from : '/';
}

/** A colleague's short code when this workstation knows people today; a password otherwise, and always possible. */
export function Ways() {
  const words = useWords(signInWords);
  const { data: colleagues = [] } = useColleagues();
  const [chosen, setChosen] = useState<string | null>(null);
  const [byPassword, setByPassword] = useState(false);
  const quick = colleagues.filter(({ hasCode }) => hasCode);
  if (quick.length === 0 || byPassword) return <PasswordForm />;
  const colleague = quick.find(({ id }) => id === chosen);
  return (
    <>
      <fieldset className="people">
        <legend className="hint">{words.hereToday}</legend>
        {quick.map(({ id, name }) => (
          <Button key={id} look={id === chosen ? 'primary' : 'plain'} onPress={() => setChosen(id)}>
            {name}
          </Button>
        ))}
      </fieldset>
      {colleague && <CodeForm key={colleague.id} colleague={colleague} onDone={() => undefined} />}
      <Button look="quiet" onPress={() => setByPassword(true)}>
        {words.withPassword}
      </Button>
    </>
  );
}
