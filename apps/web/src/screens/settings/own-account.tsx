import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { queryClient } from '../../api/query-client';
import { SESSION, useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { settingsWords } from './words';

const LEAST = 12;

/** One's own password and short code. */
export function OwnAccount() {
  const { account } = useMe();
  return (
    <>
      <p>
        <b>{account.name}</b> · {account.email}
      </p>
      <div className="own-account">
        <OwnPassword />
        <OwnCode hasCode={account.hasCode} />
      </div>
    </>
  );
}

function OwnPassword() {
  const words = useWords(settingsWords);
  const shared = useWords(sharedWords);
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const saving = useMutation({
    mutationFn: () => send('PUT', '/session/password', { current, password }),
    onSuccess: () => {
      toast(words.own.passwordSaved);
      setCurrent('');
      setPassword('');
      // A new password may come with a new token for the writes that follow.
      return queryClient.invalidateQueries({ queryKey: SESSION });
    },
  });
  return (
    <section className="card">
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <h2>{words.own.password}</h2>
        <TextField
          label={words.own.current}
          value={current}
          onChange={setCurrent}
          error={fieldErrors(saving.error).current}
          type="password"
          autoComplete="current-password"
        />
        <TextField
          label={words.own.fresh}
          hint={words.own.freshHint}
          value={password}
          onChange={setPassword}
          error={fieldErrors(saving.error).password}
          type="password"
          autoComplete="new-password"
        />
        <ProblemNote error={saving.error} />
        <Button
          look="primary"
          type="submit"
          isDisabled={current === '' || password.length < LEAST}
          isPending={saving.isPending}
        >
          {shared.save}
        </Button>
      </Form>
    </section>
  );
}

function OwnCode({ hasCode }: { hasCode: boolean }) {
  const words = useWords(settingsWords);
  const shared = useWords(sharedWords);
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const saving = useMutation({
    mutationFn: () => send('PUT', '/session/code', { code, password }),
    onSuccess: () => {
      toast(words.own.codeSaved);
      setCode('');
      setPassword('');
      return queryClient.invalidateQueries({ queryKey: SESSION });
    },
  });
  return (
    <section className="card">
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <h2>{words.own.code}</h2>
        <p className="hint">
          {words.own.codeWhy} {hasCode && words.own.codeIsSet}
        </p>
        <TextField
          label={words.own.newCode}
          value={code}
          onChange={setCode}
          error={fieldErrors(saving.error).code}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
        />
        <TextField
          label={words.own.current}
          value={password}
          onChange={setPassword}
          error={fieldErrors(saving.error).password}
          type="password"
          autoComplete="current-password"
        />
        <ProblemNote error={saving.error} />
        <Button
          look="primary"
          type="submit"
          isDisabled={!/^\d{4,8}$/.test(code) || password === ''}
          isPending={saving.isPending}
        >
          {shared.save}
        </Button>
      </Form>
    </section>
  );
}
