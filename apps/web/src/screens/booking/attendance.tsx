import type { OccurrenceDetail } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { send } from '../../api/client';
import { keys } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useToday } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { sharedWords } from '../../i18n/shared';
import { Button, ButtonLink } from '../../ui/button';
import { ProblemNote } from '../../ui/problem';
import { attendanceWords } from './attendance-words';
import { looksAgain } from './looks-again';
import { bookingWords } from './words';

type Member = OccurrenceDetail['appointments'][number];
type Said = 'came' | 'missed' | 'excused';

interface AttendanceProps {
  occurrence: OccurrenceDetail;
  onAppointment(id: string): void;
}

/** What was said of a member of a group; null when nothing was yet. */
function saidOf({ state, excused }: Member): Said | null {
  if (state === 'seen' || state === 'arrived') return 'came';
  if (state === 'noShow') return excused ? 'excused' : 'missed';
  return null;
}

const BODIES: Record<Said | 'none', { state: string; excused?: boolean }> = {
  came: { state: 'seen' },
  missed: { state: 'noShow' },
  excused: { state: 'noShow', excused: true },
  none: { state: 'planned' },
};

/** Who is booked in a group, and from the day itself who came: said in one click, taken back by another. */
export function Attendance({ occurrence, onAppointment }: AttendanceProps) {
  const words = useWords(attendanceWords);
  const booking = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const today = useToday();
  const { appointments, start } = occurrence;
  const mutationKey = ['attendance', occurrence.id];
  const saying = useMutation({
    mutationKey,
    mutationFn: ({ member: { id, version }, said }: { member: Member; said: Said | 'none' }) =>
      send('POST', `/appointments/${id}/state`, { ...BODIES[said], version }),
    // Pending until the list is read again: pressed twice, it is still said once.
    onSettled: () => {
      looksAgain();
      return queryClient.invalidateQueries({ queryKey: keys.occurrence });
    },
  });
  if (appointments.length === 0) return <p>{booking.nobody}</p>;
  const isDay = start.slice(0, 10) <= today;
  const count = (said: Said | null) => appointments.filter((one) => saidOf(one) === said).length;
  const press = (member: Member, said: Said) => {
    if (queryClient.isMutating({ mutationKey }) > 0) return;
    saying.mutate({ member, said: saidOf(member) === said ? 'none' : said });
  };
  const title = booking.people(appointments.length);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {isDay && (
        <p className="hint" role="status">
          {words.counts(count('came'), count('missed'), count('excused'), count(null))}
          <br />
          {words.how}
        </p>
      )}
      <ul className="booked-list attendance">
        {appointments.map((member) => (
          <li key={member.id}>
            <Button look="quiet" onPress={() => onAppointment(member.id)}>
              <span>{member.usagerName}</span>
              {!isDay && <span className="tag">{shared.state[member.state]}</span>}
            </Button>
            {isDay && (
              <span className="acts">
                {(['came', 'missed', 'excused'] as const).map((said) => (
                  <Button
                    key={said}
                    look={saidOf(member) === said ? 'primary' : 'plain'}
                    aria-label={words.of(words[said], member.usagerName)}
                    aria-pressed={saidOf(member) === said}
                    onPress={() => press(member, said)}
                  >
                    {words[said]}
                  </Button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={saying.error} />
      <ButtonLink look="quiet" href={`/seances/${occurrence.id}/emargement`}>
        {words.print}
      </ButtonLink>
    </section>
  );
}
