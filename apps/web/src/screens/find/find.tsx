import { looksLikeNir, type Need, type Slot, type WalkIn } from '@app/contract';
import { useEffect, useState } from 'react';
import { sayList } from '@app/time';
import { useSearchParams } from 'react-router';
import { Refused } from '../../api/client';
import { useDirectory, useNames, useOrientation, useUsager } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { useKey } from '../../shell/keys';
import { usePlace } from '../../shell/place';
import { Button } from '../../ui/button';
import { Answer, Empty, Page } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { AloneOffer } from '../booking/alone-panel';
import { BookPanel } from '../booking/book-panel';
import { useDraft } from '../booking/draft';
import { NotOffered } from '../booking/not-offered';
import { JoinPanel, type Wish } from '../queue/join-panel';
import { InvitePanel } from '../waiting/invite-panel';
import { JoinWaiting } from '../waiting/join-waiting';
import { Asker, Filters } from './filters';
import { MoreCriteria } from './more-criteria';
import { NeedOffer } from './need-offer';
import { knownIn, narrowing, type Unknown, type Wanted, wantedFrom } from './wanted';
import { WhatFor } from './what-for';
import { findWords } from './words';
import './find.css';

/** From what someone comes for, in her words, to whoever can help: now, without appointment, or the first slots. */
export function Find() {
  const words = useWords(findWords);
  const directory = useDirectory();
  const names = useNames();
  const { draft } = useDraft();
  const [params, setParams] = useSearchParams();
  const [slot, setSlot] = useState<Slot | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [waitsFor, setWaitsFor] = useState<string | null>(null);
  const [invitesTo, setInvitesTo] = useState<string | null>(null);
  const asked = wantedFrom(params);
  const { data: usager, error: noUsager } = useUsager(asked.usager);
  const isNobody = noUsager instanceof Refused && (noUsager.status === 404 || noUsager.status === 400);
  const usagerId = isNobody ? null : asked.usager;
  const { wanted, unknown } = knownIn(asked, names);
  const chosen = wanted.motifs.flatMap((id) => names.motif(id) ?? []);
  const isAsked = wanted.need !== '' || chosen.length > 0;
  const [isRefused, setRefused] = useState(wanted.isRefused);
  // It does not stay in the address either, nor behind the Back key.
  useEffect(() => {
    if (!wanted.isRefused) return;
    setRefused(true);
    setParams(
      (before) => {
        for (const name of ['besoin', 'commune']) if (looksLikeNir(before.get(name) ?? '')) before.delete(name);
        return before;
      },
      { replace: true },
    );
  }, [wanted.isRefused, setParams]);
  const forget = () => put({ motif: null, besoin: null });
  useKey('n', forget);

  function put(change: Record<string, string | null>, replace = false): void {
    setRefused(false);
    setParams(
      (before) => {
        for (const [name, value] of Object.entries(change)) {
          if (value === null) before.delete(name);
          else before.set(name, value);
        }
        return before;
      },
      { replace },
    );
  }

  const person = usager ? { id: usager.id, name: `${usager.firstName} ${usager.lastName}`.trim() } : null;
  const who = draft.chosen ?? person;
  const need = wanted.need ? words.quoted(wanted.need) : chosen.length === 1 ? chosen[0]?.label : words.several;
  return (
    <Page
      title={words.title}
      lead={[isAsked && need, who && words.for(who.name)].filter(Boolean).join(' · ')}
      acts={isAsked && <Filters wanted={wanted} motifs={chosen} onChange={put} />}
    >
      {isRefused && (
        <p className="note stop" role="alert">
          {words.refused}
        </p>
      )}
      {directory.data && <LeftOut unknown={isNobody ? [...unknown, 'usager'] : unknown} />}
      <Answer query={directory}>
        {({ motifs }) => {
          if (motifs.every(({ retired }) => retired)) {
            return (
              <Empty title={words.noMotif}>
                <p>{words.noMotifHow}</p>
              </Empty>
            );
          }
          if (!isAsked) {
            return (
              <WhatFor usagerId={usagerId} onWords={(besoin) => put({ besoin })} onMotif={(motif) => put({ motif })} />
            );
          }
          return (
            <section className="card offers" aria-label={need ?? words.title}>
              <div className="offers-head">
                <Asker wanted={wanted} knowsAge={Boolean(usager?.birthYear)} onChange={(known) => put(known, true)} />
                <Button look="quiet" onPress={forget}>
                  {words.change}
                </Button>
              </div>
              <MoreCriteria wanted={wanted} motifs={chosen} onChange={put} />
              <Needs
                wanted={wanted}
                usagerId={usagerId}
                onPick={setSlot}
                onWait={setWaitsFor}
                onInvite={setInvitesTo}
                onWiden={put}
                onQueue={(wait) => setWish({ ...wait, usager: person })}
              />
            </section>
          );
        }}
      </Answer>
      {slot && (
        <BookPanel
          slot={slot}
          usagerId={usagerId}
          asked={{ ...(wanted.mode && { mode: wanted.mode }), ...(wanted.interpreter && { interpreter: true }) }}
          onClose={() => setSlot(null)}
          onDone={() => {
            setSlot(null);
            put({ motif: null, besoin: null, usager: null });
          }}
        />
      )}
      {waitsFor && (
        <JoinWaiting
          motifId={waitsFor}
          usager={who}
          wish={{ part: wanted.part, siteId: wanted.site, agentId: wanted.agent, from: wanted.from }}
          onClose={() => setWaitsFor(null)}
        />
      )}
      {invitesTo && (
        <InvitePanel
          motifId={invitesTo}
          usager={who}
          wish={{
            agentId: wanted.agent,
            siteId: wanted.site,
            part: wanted.part,
            from: wanted.from,
            language: wanted.language,
            mode: wanted.mode,
            accessible: wanted.accessible,
            interpreter: wanted.interpreter,
          }}
          onClose={() => setInvitesTo(null)}
        />
      )}
      {wish && <JoinPanel wish={wish} onClose={() => setWish(null)} />}
    </Page>
  );
}

/** What the address names and nobody finds here: the search goes on without it, and says so. */
function LeftOut({ unknown }: { unknown: readonly Unknown[] }) {
  const words = useWords(findWords);
  const say = useSay();
  if (unknown.length === 0) return null;
  return (
    <p className="note" role="status">
      {words.leftOut(
        sayList(
          unknown.map((what) => words.unknown[what]),
          say.language,
        ),
      )}
    </p>
  );
}

/** A dozen lines say enough of why; the rest is in each motif's own list. */
const MOST_NOT_OFFERED = 12;
const FIRST_SLOTS = 6;

interface NeedsProps {
  wanted: Wanted;
  usagerId: string | null;
  onPick(slot: Slot): void;
  onWait(motifId: string): void;
  onInvite(motifId: string): void;
  onWiden(change: Record<string, string | null>): void;
  onQueue(wish: Wish): void;
}

function Needs({ wanted, usagerId, onPick, onWait, onInvite, onWiden, onQueue }: NeedsProps) {
  const words = useWords(findWords);
  const { siteId } = usePlace();
  const query = useOrientation({
    ...(wanted.need ? { q: wanted.need } : { motif: wanted.motifs.join(',') }),
    perNeed: FIRST_SLOTS,
    ...(siteId && { site: siteId }),
    ...(usagerId && { usager: usagerId }),
    ...(wanted.age !== null && { age: wanted.age }),
    ...(wanted.commune && { commune: wanted.commune }),
    ...(wanted.site && { within: wanted.site }),
    ...narrowing(wanted),
  });
  const queueFor = ({ partnerId, motifId }: Need, { siteId: at, title, occurrenceId }: WalkIn) =>
    onQueue({ siteId: at, partnerId, title, occurrenceId, motifId, usager: null });
  return (
    <Answer query={query}>
      {({ needs }) => {
        const here = receivingNow(needs);
        const first = here.length > 0 ? undefined : needs.find(({ slots }) => slots.length > 0)?.motifId;
        if (needs.length === 0) {
          return (
            <Empty title={words.none}>
              <p>{words.noneHow}</p>
            </Empty>
          );
        }
        return (
          <>
            {here.map(({ need, date }, index) => (
              <HereNow
                key={date.occurrenceId}
                need={need}
                here={date}
                autoFocus={index === 0}
                onQueue={() => queueFor(need, date)}
              />
            ))}
            {needs.map((need) => (
              <NeedOffer
                key={need.motifId}
                need={need}
                wanted={wanted}
                onPick={onPick}
                onQueue={(date) => queueFor(need, date)}
                onWait={() => onWait(need.motifId)}
                onInvite={() => onInvite(need.motifId)}
                onWiden={onWiden}
                autoFocus={need.motifId === first}
              />
            ))}
            <NotOffered notOffered={needs.flatMap(({ notOffered }) => notOffered).slice(0, MOST_NOT_OFFERED)} />
            <AloneOffer motifId={needs[0]?.motifId ?? null} siteId={siteId ?? null} usagerId={usagerId} />
          </>
        );
      }}
    </Answer>
  );
}

/** A date that answers to several motifs is said once, for the first of them. */
function receivingNow(needs: readonly Need[]): { need: Need; date: WalkIn }[] {
  const dates = new Map<string, { need: Need; date: WalkIn }>();
  for (const need of needs) {
    const [date] = need.now;
    if (date && !dates.has(date.occurrenceId)) dates.set(date.occurrenceId, { need, date });
  }
  return [...dates.values()];
}

/** Without appointment, at this very hour, and the person can still be seen. */
function HereNow({
  need,
  here,
  onQueue,
  autoFocus,
}: {
  need: Need;
  here: WalkIn;
  onQueue(): void;
  autoFocus: boolean;
}) {
  const words = useWords(findWords);
  const say = useSay();
  const names = useNames();
  const { siteId } = usePlace();
  const place = [names.room(here.roomId)?.name, here.siteId !== siteId && names.site(here.siteId)?.name];
  return (
    <div className="note ok here-now">
      <span>
        <PartnerMark partner={names.partner(need.partnerId)} />
        {words.hereNow([here.title, ...place].filter(Boolean).join(', '), say.time(here.end), here.waiting)}
      </span>
      <Button autoFocus={autoFocus} onPress={onQueue} aria-label={words.joinFor(here.title)}>
        {words.join}
      </Button>
    </div>
  );
}
