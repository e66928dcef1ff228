import type { Account } from '@app/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../api/client';
import { useNames } from '../../api/queries';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { Answer } from '../../ui/page';
import { ACCOUNTS, AccountPanel } from './account-panel';
import type { Opened } from './thing-panel';
import { Things } from './things';
import { settingsWords } from './words';

/** Who may sign in. Managers read, administrators change. */
export function Accounts() {
  const words = useWords(settingsWords);
  const names = useNames();
  const { account: me } = useMe();
  const [opened, setOpened] = useState<Opened>(null);
  const query = useQuery({
    queryKey: ACCOUNTS,
    queryFn: ({ signal }) => get<Account[]>('/accounts', {}, signal),
  });
  const changes = me.role === 'administrator';
  return (
    <Answer query={query}>
      {(accounts) => (
        <>
          {!changes && <p className="hint">{words.account.readOnly}</p>}
          <Things
            things={accounts.map((account) => ({
              id: account.id,
              name: account.name,
              details: [
                account.email,
                words.account.roles[account.role],
                names.partner(account.partnerId)?.name,
                account.id === me.id && words.account.you,
                account.disabled && words.account.isDisabled,
              ],
              mayChange: changes,
            }))}
            create={changes ? words.account.create : null}
            none={words.account.none}
            onCreate={() => setOpened({ id: null })}
            onChange={(id) => setOpened({ id })}
          />
          {opened && (
            <AccountPanel account={accounts.find(({ id }) => id === opened.id)} onClose={() => setOpened(null)} />
          )}
        </>
      )}
    </Answer>
  );
}
