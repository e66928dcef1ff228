import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { get, send } from '../../api/client';
import { queryClient } from '../../api/query-client';
import { SESSION } from '../../api/session';
import { useWords } from '../../i18n/language';
import { Button, ButtonLink } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { Door } from '../sign-in/door';
import { setupWords } from './words';

const NEEDED = ['setup'] as const;
const LEAST = 12;
const BLANK = { setupCode: '', spaceName: '', siteName: '', siteAddress: '', name: '', email: '', password: '' };

/** The page of an empty database: a space, its first site and its administrator, then straight to the settings. */
export function Setup() {
  const words = useWords(setupWords);
  const query = useQuery({
    queryKey: NEEDED,
    queryFn: ({ signal }) => get<{ needed: boolean }>('/setup', {}, signal),
  });
  return (
    <Door title={words.title}>
      <Answer query={query}>
        {({ needed }) =>
          needed ? (
            <Found />
          ) : (
            <>
              <p>{words.already}</p>
              <ButtonLink look="primary" href="/connexion">
                {words.toSignIn}
              </ButtonLink>
            </>
          )
        }
      </Answer>
    </Door>
  );
}

function Found() {
  const words = useWords(setupWords);
  const navigate = useNavigate();
  const [body, setBody] = useState(BLANK);
  const set = (field: keyof typeof BLANK) => (value: string) => setBody({ ...body, [field]: value });
  const founding = useMutation({
    mutationFn: () => send('POST', '/setup', { ...body, setupCode: body.setupCode.trim(), email: body.email.trim() }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: SESSION });
      await navigate('/reglages');
      queryClient.setQueryData(NEEDED, { needed: false });
    },
  });
  const errors = fieldErrors(founding.error);
  const isWhole = Object.entries(body).every(([field, value]) => field === 'siteAddress' || value.trim() !== '');
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        founding.mutate();
      }}
    >
      <p>{words.lead}</p>
      <TextField
        label={words.code}
        hint={words.codeHint}
        value={body.setupCode}
        onChange={set('setupCode')}
        error={errors.setupCode}
        autoComplete="off"
        autoFocus
        isRequired
      />
      <TextField
        label={words.spaceName}
        hint={words.spaceHint}
        value={body.spaceName}
        onChange={set('spaceName')}
        error={errors.spaceName}
        maxLength={120}
        isRequired
      />
      <TextField
        label={words.siteName}
        hint={words.siteHint}
        value={body.siteName}
        onChange={set('siteName')}
        error={errors.siteName}
        maxLength={120}
        isRequired
      />
      <TextField
        label={words.siteAddress}
        value={body.siteAddress}
        onChange={set('siteAddress')}
        error={errors.siteAddress}
        maxLength={200}
      />
      <h2>{words.you}</h2>
      <TextField
        label={words.name}
        value={body.name}
        onChange={set('name')}
        error={errors.name}
        autoComplete="name"
        maxLength={120}
        isRequired
      />
      <TextField
        label={words.email}
        value={body.email}
        onChange={set('email')}
        error={errors.email}
        type="email"
        autoComplete="username"
        isRequired
      />
      <TextField
        label={words.password}
        hint={words.passwordHint}
        value={body.password}
        onChange={set('password')}
        error={errors.password}
        type="password"
        autoComplete="new-password"
        isRequired
      />
      <ProblemNote error={founding.error} />
      <Button
        look="primary"
        type="submit"
        isDisabled={!isWhole || body.password.length < LEAST}
        isPending={founding.isPending}
      >
        {words.found}
      </Button>
    </Form>
  );
}
