import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { signIn } from '../../api/session';
import { useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { ProblemNote } from '../../ui/problem';
import { signInWords } from './words';

export function PasswordForm({ email: known = '' }: { email?: string }) {
  const words = useWords(signInWords);
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const entering = useMutation({ mutationFn: () => signIn(email.trim(), password), onError: () => setPassword('') });
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        entering.mutate();
      }}
    >
      <TextField
        label={words.email}
        value={email}
        onChange={setEmail}
        type="email"
        autoComplete="username"
        autoFocus={known === ''}
        isRequired
        name="email"
      />
      <TextField
        label={words.password}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="current-password"
        autoFocus={known !== ''}
        isRequired
        name="password"
      />
      <ProblemNote error={entering.error} />
      <Button look="primary" type="submit" isPending={entering.isPending}>
        {words.enter}
      </Button>
    </Form>
  );
}
