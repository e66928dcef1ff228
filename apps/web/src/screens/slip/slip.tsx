import type { Appointment, AppointmentLink, AppointmentState } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { send } from '../../api/client';
import { useAppointment, useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button, ButtonLink } from '../../ui/button';
import { Answer } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { useSisters } from '../booking/series-step';
import { slipWords } from './words';
import './slip.css';

/** What a person takes home: where, which day, at what hour, which number. Whoever finds it learns nothing else. */
export function Slip() {
  const query = useAppointment(useParams().id ?? null);
  return (
    <Answer query={query} isScreen>
      {(appointment) => <Paper appointment={appointment} />}
    </Answer>
  );
}

/** Those she is still to come to; what took place or was cancelled is not printed. */
const isExpected = (state: AppointmentState) => state === 'planned' || state === 'confirmed';

function Paper({ appointment }: { appointment: Appointment }) {
  const words = useWords(slipWords);
  const say = useSay();
  const names = useNames();
  const site = names.site(appointment.siteId);
  const { data: sisters = [] } = useSisters(appointment);
  const dates = sisters.filter(({ start, state }) => start >= say.today && isExpected(state));
  const day = appointment.start.slice(0, 10);
  const link = useMutation({
    mutationFn: () => send<AppointmentLink>('POST', `/appointments/${appointment.id}/link`),
  });
  return (
    <>
      <article className="slip card">
        {dates.length > 1 ? (
          <>
            <h1>{words.titleOfMany}</h1>
            <ul className="slip-dates">
              {dates.map(({ id, start, siteId }) => (
                <li key={id}>
                  {say.date(start.slice(0, 10))} <b>{say.time(start)}</b>
                  {siteId !== appointment.siteId && ` (${names.site(siteId)?.name})`}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <>
            <h1>{words.title}</h1>
            <p className="slip-when">
              {say.date(day)}
              <br />
              <b>{say.time(appointment.start.slice(11))}</b>
            </p>
          </>
        )}
        {appointment.mode === 'on-site' ? (
          <p>
            <b>{site?.name}</b>
            {site?.address && site.address !== site.name && (
              <>
                <br />
                {site.address}
              </>
            )}
          </p>
        ) : (
          <p>
            <b>{words.away[appointment.mode]}</b>
          </p>
        )}
        {site?.phone && (
          <p>
            {words.change} <b className="nb">{say.phone(site.phone)}</b>
          </p>
        )}
        {link.data && (
          <p role="status">
            {words.online}
            <br />
            <b className="slip-address">{link.data.url}</b>
          </p>
        )}
        <p className="hint">{words.bring}</p>
      </article>
      <ProblemNote error={link.error} />
      <div className="acts">
        <Button look="primary" autoFocus onPress={() => window.print()}>
          {words.print}
        </Button>
        {!link.data && (
          <Button onPress={() => link.mutate()} isDisabled={link.isPending}>
            {words.addLink}
          </Button>
        )}
        <ButtonLink href={`/?lieu=${appointment.siteId}&jour=${day}&rdv=${appointment.id}`}>{words.back}</ButtonLink>
      </div>
    </>
  );
}
