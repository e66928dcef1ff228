import type { Appointment, Usager as Shown } from '@app/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { get } from '../../api/client';
import { keys, useNames, useUsager } from '../../api/queries';
import { useNow } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { useKey } from '../../shell/keys';
import { Button, ButtonLink } from '../../ui/button';
import { Answer, Empty, Page } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { sayLanguage } from './languages';
import { UsagerForm } from './usager-form';
import { usagerWords } from './words';

export function Usager() {
  const query = useUsager(useParams().id ?? null);
  return <Answer query={query}>{(usager) => <Card key={usager.id} usager={usager} />}</Answer>;
}

/** A person: how to reach them, and the appointments the viewer may see. */
function Card({ usager }: { usager: Shown }) {
  const words = useWords(usagerWords);
  const navigate = useNavigate();
  const [edits, setEdits] = useState(false);
  const toBook = `/creneaux?usager=${usager.id}`;
  useKey('n', () => void navigate(toBook));
  return (
    <Page
      title={`${usager.firstName} ${usager.lastName}`.trim()}
      lead={usager.birthYear ? words.born(usager.birthYear) : undefined}
      acts={
        <>
          <Button onPress={() => setEdits(true)}>{words.edit}</Button>
          <ButtonLink look="primary" href={toBook}>
            {words.book}
          </ButtonLink>
        </>
      }
    >
      <section className="card">
        <Facts usager={usager} />
      </section>
      <Appointments usagerId={usager.id} />
      {edits && <UsagerForm usager={usager} onSaved={() => setEdits(false)} onClose={() => setEdits(false)} />}
    </Page>
  );
}

function Facts({ usager }: { usager: Shown }) {
  const words = useWords(usagerWords);
  const say = useSay();
  const names = new Intl.DisplayNames([say.language], { type: 'language' });
  return (
    <dl className="facts">
      <dt>{words.phone}</dt>
      <dd>
        {usager.phone ? <span className="nb">{say.phone(usager.phone)}</span> : words.noPhone}
        {usager.phoneKind && ` (${words.phoneKind[usager.phoneKind]})`}
        {usager.phoneShared && `, ${words.phoneIsShared}`}
      </dd>
      <dt>{words.toldBy}</dt>
      <dd>{words.toldByIs[usager.toldBy]}</dd>
      <dt>{words.language}</dt>
      <dd>{sayLanguage(usager.language, names)}</dd>
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
  const query = useQuery({
    queryKey: [...keys.usagers, usagerId, 'appointments'],
    queryFn: ({ signal }) => get<Appointment[]>(`/usagers/${usagerId}/appointments`, {}, signal),
  });
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
              {upcoming.length > 0 ? <List appointments={upcoming} /> : <p>{words.noUpcoming}</p>}
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

function List({ appointments }: { appointments: readonly Appointment[] }) {
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  return (
    <ul className="plain">
      {appointments.map((appointment) => {
        const partner = names.partner(appointment.partnerId);
        const where = [names.site(appointment.siteId)?.name, names.room(appointment.roomId)?.name];
        return (
          <li key={appointment.id} className="item">
            <div className="line">
              <Link to={`/?lieu=${appointment.siteId}&jour=${appointment.start.slice(0, 10)}&rdv=${appointment.id}`}>
                {say.moment(appointment.start, appointment.end)}
              </Link>
              <span className={`tag ${CALLED_OFF.includes(appointment.state) ? 'stop' : ''}`}>
                {shared.state[appointment.state]}
              </span>
            </div>
            <p>
              <PartnerMark partner={partner} />
              {[partner?.shortName, appointment.motifLabel, ...where].filter(Boolean).join(' · ')}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
