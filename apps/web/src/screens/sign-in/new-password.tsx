import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useSearchParams } from 'react-router';
import { send } from '../../api/client';
import { useWords } from '../../i18n/language';
import { Button, ButtonLink } from '../../ui/button';
import { TextField } from '../../ui/field';
import { ProblemNote } from '../../ui/problem';
import { Door } from './door';
import { signInWords } from './words';

const LEAST = 12;

/** With a link's token: choose a password. Without: ask for a link. */
export function NewPassword() {
  const words = useWords(signInWords);
  const token = useSearchParams()[0].get('token');
  return <Door title={token ? words.choose : words.ask}>{token ? <Choose token={token} /> : <Ask />}</Door>;
}

function Ask() {
  const words = useWords(signInWords);
  const [email, setEmail] = useState('');
  const asking = useMutation({ mutationFn: () => send('POST', '/password-reset/ask', { email: email.trim() }) });
  if (asking.isSuccess) return <Told text={words.sent} />;
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        asking.mutate();
      }}
    >
      <TextField
        label={words.email}
        hint={words.askWhy}
        value={email}
        onChange={setEmail}
        type="email"
        autoComplete="username"
        autoFocus
        isRequired
      />
      <ProblemNote error={asking.error} />
      <Button look="primary" type="submit" isPending={asking.isPending}>
        {words.send}
      </Button>
      <ButtonLink look="quiet" href="/connexion">
        {words.toSignIn}
      </ButtonLink>
    </Form>
  );
}

function Choose({ token }: { token: string }) {
  const words = useWords(signInWords);
  const [password, setPassword] = useState('');
  const choosing = useMutation({ mutationFn: () => send('POST', '/password-reset/use', { token, password }) });
  if (choosing.isSuccess) return <Told text={words.chosen} />;
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        choosing.mutate();
      }}
    >
      <TextField
        label={words.newPassword}
        hint={words.atLeast}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="new-password"
        autoFocus
        isRequired
      />
      <ProblemNote error={choosing.error} />
      <Button look="primary" type="submit" isDisabled={password.length < LEAST} isPending={choosing.isPending}>
        {words.choose}
      </Button>
    </Form>
  );
}

function Told({ text }: { text: string }) {
  const words = useWords(signInWords);
  return (
    <>
      <p role="status">{text}</p>
      <ButtonLink look="primary" href="/connexion">
        {words.toSignIn}
      </ButtonLink>
    </>
  );
}
