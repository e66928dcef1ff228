import type { Me } from '@app/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router';
import { get, Refused } from '../api/client';
import { useLive } from '../api/live';
import { queryClient } from '../api/query-client';
import { rememberWho, SESSION, useSession, whoWasHere } from '../api/session';
import { useAccountLanguage, useWords } from '../i18n/language';
import { keptSheets } from '../offline/kept-sheets';
import { SheetPage } from '../screens/sheet/page';
import { sheetWords } from '../screens/sheet/words';
import { useSay } from '../i18n/say';
import { SignInAgain } from '../screens/sign-in/sign-in-again';
import { ASK_AGAIN_MS, SheetKeeper } from '../offline/keeper';
import { DraftKeeper } from '../screens/booking/draft';
import { Button } from '../ui/button';
import { Loading } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Help } from './help';
import { useKey, useKeyboard } from './keys';
import { SideNav } from './side-nav';
import { TopBar } from './top-bar';
import { shellWords } from './words';

/** The door, then the frame of every screen. */
export function Shell() {
  const { data: me, error, isPending } = useSession();
  if (isPending) return <Loading />;
  if (error) return <NoAnswer error={error} />;
  // A session that ends does not take away what was on the screen, nor what was typed in it.
  const who = me ?? whoWasHere();
  return who ? <Frame me={who} isOver={me === null} /> : <ToTheDoor />;
}

/** Opened while the server is out of reach: what this workstation kept, the day asked for first, else why there is nothing; until it answers. */
function NoAnswer({ error }: { error: Error }) {
  const words = useWords(sheetWords);
  const say = useSay();
  const { search } = useLocation();
  const [day, setDay] = useState(() => new URLSearchParams(search).get('jour'));
  useEffect(() => {
    const timer = setInterval(() => void queryClient.refetchQueries({ queryKey: SESSION }), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const sheets = error instanceof Refused && error.unreachable ? (keptSheets()?.sheets ?? []) : [];
  const kept = sheets.find(({ date }) => date === day) ?? sheets[0];
  if (!kept) return <ProblemNote error={error} />;
  return (
    <main id="contenu" className="alone">
      <p className="note" role="status">
        {words.kept(say.moment(kept.at))}
      </p>
      <SheetPage sheet={kept} />
      <div className="acts">
        {sheets
          .filter((sheet) => sheet !== kept)
          .map(({ date }) => (
            <Button key={date} onPress={() => setDay(date)}>
              {words.sheetOf(say.date(date))}
            </Button>
          ))}
      </div>
    </main>
  );
}

function ToTheDoor() {
  const { pathname, search } = useLocation();
  const { data, isPending } = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => get<{ needed: boolean }>('/setup', {}, signal),
  });
  if (isPending) return <Loading />;
  if (data?.needed) return <Navigate to="/premiers-pas" replace />;
  return <Navigate to="/connexion" replace state={{ from: pathname + search }} />;
}

function Frame({ me, isOver }: { me: Me; isOver: boolean }) {
  const words = useWords(shellWords);
  const [helps, setHelps] = useState(false);
  useAccountLanguage(me.account.language);
  useEffect(() => rememberWho(me), [me]);
  useGoing();
  useKey('?', () => setHelps(true));
  return (
    <div className="app" key={me.account.id}>
      <a className="skip" href="#contenu">
        {words.skip}
      </a>
      <TopBar me={me} onHelp={() => setHelps(true)} />
      <SideNav />
      <main id="contenu" tabIndex={-1}>
        <SheetKeeper accountId={me.account.id} />
        <DraftKeeper>
          <Outlet />
        </DraftKeeper>
      </main>
      {!isOver && <Ears key={me.account.id} from={me.heard} />}
      <Help isOpen={helps} onClose={() => setHelps(false)} />
      {isOver && <SignInAgain me={me} />}
    </div>
  );
}

function Ears({ from }: { from: string }) {
  useLive(from);
  return null;
}

function useGoing(): void {
  const navigate = useNavigate();
  const to = (path: string) => () => void navigate(path);
  useKeyboard();
  useKey('/', () => document.getElementById('qui-pour-quoi')?.focus());
  useKey('n', to('/creneaux'));
  useKey('g a', to('/'));
  useKey('g c', to('/creneaux'));
  useKey('g l', to('/planning'));
  useKey('g p', to('/permanences'));
  useKey('g r', to('/a-regler'));
  useKey('g m', to('/messages'));
  useKey('g u', to('/usagers'));
  useKey('g s', to('/reglages'));
}
