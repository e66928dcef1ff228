import type { Appointment, Usager as Shown } from '@app/contract';
import { useEffect, useState } from 'react';
import { Link, Navigate, useLocation, useNavigate, useParams } from 'react-router';
import { useAppointmentsOf, useNames, useSectors, useUsager } from '../../api/queries';
import { useMe } from '../../api/session';
import { useNow } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { useKey } from '../../shell/keys';
import { Button, ButtonLink } from '../../ui/button';
import { Answer, Empty, Page } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { seriesWords } from '../booking/series-words';
import { WhatFor } from '../find/what-for';
import { PersonWaits } from '../waiting/person-waits';
import { knownWords } from './known-words';
import { sayLanguage } from './languages';
import { marksWords } from './marks-words';
import { MergePanel } from './merge-panel';
import { Referents } from './referents';
import { UsagerForm } from './usager-form';
import { usagerWords } from './words';
import './usagers.css';

export function Usager() {
  const { id } = useParams();
  const query = useUsager(id ?? null);
  return (
    <Answer query={query} isScreen>
      {(usager) =>
        // Merged since: the old address leads to the record that was kept.
        usager.id === id ? <Card key={id} usager={usager} /> : <Navigate to={`/usagers/${usager.id}`} replace />
      }
    </Answer>
  );
}

/** A person: how to reach them, and the appointments the viewer may see. */
function Card({ usager }: { usager: Shown }) {
  const words = useWords(usagerWords);
  const navigate = useNavigate();
  const [edits, setEdits] = useState(false);
  const [merges, setMerges] = useState(false);
  const marks = useWords(marksWords);
  const known = useWords(knownWords);
  const { account } = useMe();
  const mayMerge = account.role !== 'agent' && account.role !== 'partner-editor';
  const toBook = `/creneaux?usager=${usager.id}`;
  useKey('n', () => void navigate(toBook));
  return (
    <Page
      title={`${usager.firstName} ${usager.lastName}`.trim()}
      lead={usager.birthYear ? words.born(usager.birthYear) : undefined}
      acts={
        <>
          {mayMerge && (
            <Button look="quiet" onPress={() => setMerges(true)}>
              {marks.merge}
            </Button>
          )}
          <Button onPress={() => setEdits(true)}>{words.edit}</Button>
          <ButtonLink href={toBook}>{words.book}</ButtonLink>
        </>
      }
    >
      {usager.safeContact && (
        <p className="note">
          <b>{known.safe}.</b> {known.safeCaller}
        </p>
      )}
      <NextAppointment toBook={toBook} usagerId={usager.id} />
      <section className="card">
        <Facts usager={usager} />
      </section>
      <Appointments usagerId={usager.id} />
      <PersonWaits usager={{ id: usager.id, name: `${usager.firstName} ${usager.lastName}`.trim() }} />
      <Referents usager={usager} />
      {merges && <MergePanel usager={usager} onClose={() => setMerges(false)} />}
      {edits && <UsagerForm usager={usager} onSaved={() => setEdits(false)} onClose={() => setEdits(false)} />}
    </Page>
  );
}

const NEXT = 'prochain-rendez-vous';

/** What she comes for, typed at once by whoever looked for her: the slots are next. */
function NextAppointment({ toBook, usagerId }: { toBook: string; usagerId: string }) {
  const navigate = useNavigate();
  const { state, key } = useLocation();
  // On a phone the keyboard would rise over the page that was asked for.
  const isAwaited = state?.sought === true && matchMedia('(pointer: fine)').matches;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for again, she is asked again what she comes for.
  useEffect(() => {
    if (!isAwaited) return;
    const soon = setTimeout(() => document.getElementById(NEXT)?.focus());
    return () => clearTimeout(soon);
  }, [isAwaited, key]);
  return (
    <WhatFor
      usagerId={usagerId}
      inputId={NEXT}
      onWords={(words) => void navigate(`${toBook}&besoin=${encodeURIComponent(words)}`)}
      onMotif={(motifId) => void navigate(`${toBook}&motif=${motifId}`)}
    />
  );
}

function Facts({ usager }: { usager: Shown }) {
  const words = useWords(usagerWords);
  const say = useSay();
  const names = new Intl.DisplayNames([say.language], { type: 'language' });
  const marks = useWords(marksWords);
  const { data: sectors = [] } = useSectors();
  const sector = sectors.find(({ id }) => id === usager.sectorId);
  return (
    <dl className="facts">
      <dt>{words.phone}</dt>
      <dd>
        {usager.phone ? <span className="nb">{say.phone(usager.phone)}</span> : words.noPhone}
        {usager.phoneKind && ` (${words.phoneKind[usager.phoneKind]})`}
        {usager.phoneShared && `, ${words.phoneIsShared}`}
      </dd>
      <dt>{words.toldBy}</dt>
      <dd>{usager.safeContact ? marks.byReferent : words.toldByIs[usager.toldBy]}</dd>
      <dt>{words.language}</dt>
      <dd>
        {[sayLanguage(usager.language, names), usager.interpreter && marks.interpreterIs].filter(Boolean).join(', ')}
      </dd>
      {usager.contact && (
        <>
          <dt>{marks.contactOf}</dt>
          <dd>
            {usager.contact.name}, {marks.relations[usager.contact.relation]}
            {usager.contact.phone && (
              <>
                {', '}
                <span className="nb">{say.phone(usager.contact.phone)}</span>
              </>
            )}
            {usager.contact.told && `, ${marks.contactIsTold}`}
          </dd>
        </>
      )}
      {usager.safeContact && (
        <>
          <dt>{marks.safety}</dt>
          <dd>
            {usager.safeHours
              ? marks.safeHoursAre(say.time(usager.safeHours.from), say.time(usager.safeHours.until))
              : marks.safeNever}
          </dd>
        </>
      )}
      {sector && (
        <>
          <dt>{marks.sector}</dt>
          <dd>{sector.name}</dd>
        </>
      )}
      {usager.note && (
        <>
          <dt>{words.note}</dt>
          <dd>{usager.note}</dd>
        </>
      )}
    </dl>
  );
}

function Appointments({ usagerId }: { usagerId: string }) {
  const words = useWords(usagerWords);
  const now = useNow();
  const query = useAppointmentsOf(usagerId);
  return (
    <Answer query={query}>
      {(appointments) => {
        if (appointments.length === 0)
          return (
            <Empty title={words.noAppointments}>
              <p>{words.noAppointmentsHow}</p>
            </Empty>
          );
        const upcoming = appointments.filter(({ end }) => end > now);
        const past = appointments.filter(({ end }) => end <= now);
        return (
          <>
            <section className="card">
              <h2>{words.upcoming}</h2>
              {upcoming.length > 0 ? <List appointments={upcoming} prints /> : <p>{words.noUpcoming}</p>}
            </section>
            {past.length > 0 && (
              <section className="card">
                <h2>{words.past}</h2>
                <List appointments={past} />
              </section>
            )}
          </>
        );
      }}
    </Answer>
  );
}

const CALLED_OFF = ['cancelledByUsager', 'cancelledByAgent', 'noShow'];

function List({ appointments, prints = false }: { appointments: readonly Appointment[]; prints?: boolean }) {
  const words = useWords(usagerWords);
  const marks = useWords(marksWords);
  const shared = useWords(sharedWords);
  const seriesOf = useWords(seriesWords);
  const say = useSay();
  const names = useNames();
  const online = ({ bookedOnline, changed }: Appointment) =>
    changed?.online ? words.changedOnline[changed.act] : bookedOnline && words.bookedOnline;
  return (
    <ul className="plain appointments">
      {appointments.map((appointment) => {
        const partner = names.partner(appointment.partnerId);
        const where = [names.site(appointment.siteId)?.name, names.room(appointment.roomId)?.name];
        const { series } = appointment;
        return (
          <li key={appointment.id} className="item">
            <div className="line">
              <Link to={`/?lieu=${appointment.siteId}&jour=${appointment.start.slice(0, 10)}&rdv=${appointment.id}`}>
                {say.moment(appointment.start, appointment.end)}
              </Link>
              <span className={`tag ${CALLED_OFF.includes(appointment.state) ? 'stop' : ''}`}>
                {shared.state[appointment.state]}
              </span>
              {prints && !CALLED_OFF.includes(appointment.state) && (
                <Link
                  to={`/rendez-vous/${appointment.id}/imprimer`}
                  aria-label={marks.printSlipOf(say.moment(appointment.start, appointment.end))}
                >
                  {marks.printSlip}
                </Link>
              )}
            </div>
            <p>
              <PartnerMark partner={partner} />
              {[
                partner?.shortName,
                appointment.motifLabel,
                ...where,
                series && seriesOf.nthOf(series.nth, series.of),
                online(appointment),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
