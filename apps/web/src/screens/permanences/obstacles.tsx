import type { PermanenceDate } from '@app/contract';
import { dateOf, type LocalDateTime } from '@app/time';
import { useState } from 'react';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { DateField } from '../../ui/date-field';
import type { Choice } from './date-choices';
import { obstacleWords } from './obstacle-words';

interface ObstaclesProps {
  dates: readonly PermanenceDate[];
  /** What is decided of a date already. */
  chosen(date: PermanenceDate): Choice | null;
  /** null takes back what was decided. */
  onChoose(date: PermanenceDate, choice: Choice | null): void;
  isPending?: boolean;
}

/** Date by date, what stands in the way and what can be done about it, one click each. */
export function Obstacles({ dates, chosen, onChoose, isPending = false }: ObstaclesProps) {
  const words = useWords(obstacleWords);
  const open = dates.filter((date) => date.waysOut || chosen(date));
  if (open.length === 0) return null;
  return (
    <div className="note">
      <b>{words.title(open.length)}</b>
      <p className="hint">{words.how}</p>
      <ul className="plain">
        {open.map((date) => (
          <Obstacle
            key={`${date.rule} ${date.originalStart}`}
            date={date}
            choice={chosen(date)}
            onChoose={(choice) => onChoose(date, choice)}
            isPending={isPending}
          />
        ))}
      </ul>
    </div>
  );
}

interface ObstacleProps {
  date: PermanenceDate;
  choice: Choice | null;
  onChoose(choice: Choice | null): void;
  isPending: boolean;
}

function Obstacle({ date, choice, onChoose, isPending }: ObstacleProps) {
  const words = useWords(obstacleWords);
  const say = useSay();
  const day = say.date(dateOf(date.originalStart as LocalDateTime));
  const reasons = [...new Set(date.obstacles.map(({ text }) => text))];
  return (
    <li>
      <b>{say.moment(date.originalStart)}</b> {reasons.join(' · ')}
      {choice ? (
        <div className="acts">
          <span className="tag ok">
            <Decided choice={choice} date={date} />
          </span>
          <Button look="quiet" aria-label={words.undoOf(day)} isDisabled={isPending} onPress={() => onChoose(null)}>
            {words.undo}
          </Button>
        </div>
      ) : (
        <Ways date={date} label={words.group(day)} onChoose={onChoose} isPending={isPending} />
      )}
    </li>
  );
}

function Decided({ choice, date }: { choice: Choice; date: PermanenceDate }) {
  const words = useWords(obstacleWords);
  const say = useSay();
  const names = useNames();
  if (choice.kind === 'room') return words.chosen.room(names.room(choice.roomId)?.name ?? '');
  if (choice.kind !== 'move') return words.chosen[choice.kind];
  return choice.date === dateOf(date.originalStart as LocalDateTime)
    ? words.chosen.anyway
    : words.chosen.move(say.date(choice.date));
}

interface WaysProps {
  date: PermanenceDate;
  label: string;
  onChoose(choice: Choice): void;
  isPending: boolean;
}

function Ways({ date, label, onChoose, isPending }: WaysProps) {
  const words = useWords(obstacleWords);
  const say = useSay();
  const [picks, setPicks] = useState(false);
  const { rooms, nextOpen } = date.waysOut ?? { rooms: [], nextOpen: null };
  const isHeld = date.state === 'held' || date.state === 'moved';
  const lacksRoom = date.obstacles.some(({ kind }) => kind === 'room-taken');
  const originalDay = dateOf(date.originalStart as LocalDateTime);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be read as a form of its own
    <div className="acts" role="group" aria-label={label}>
      {lacksRoom &&
        rooms.map(({ roomId, name, lent }) => (
          <Button key={roomId} isDisabled={isPending} onPress={() => onChoose({ kind: 'room', roomId })}>
            {words.room(name, lent)}
          </Button>
        ))}
      {lacksRoom && (
        <Button look="quiet" isDisabled={isPending} onPress={() => onChoose({ kind: 'without-room' })}>
          {words.withoutRoom}
        </Button>
      )}
      {nextOpen && (
        <Button
          look={isHeld ? 'quiet' : 'plain'}
          isDisabled={isPending}
          onPress={() => onChoose({ kind: 'move', date: nextOpen })}
        >
          {words.moveTo(say.date(nextOpen))}
        </Button>
      )}
      {isHeld ? (
        <Button look="quiet" isDisabled={isPending} onPress={() => onChoose({ kind: 'skip' })}>
          {words.skip}
        </Button>
      ) : (
        <Button look="quiet" isDisabled={isPending} onPress={() => onChoose({ kind: 'move', date: originalDay })}>
          {words.anyway}
        </Button>
      )}
      {picks ? (
        <OtherDay onPick={(day) => onChoose({ kind: 'move', date: day })} />
      ) : (
        <Button look="quiet" onPress={() => setPicks(true)}>
          {words.otherDay}
        </Button>
      )}
    </div>
  );
}

function OtherDay({ onPick }: { onPick(day: string): void }) {
  const words = useWords(obstacleWords);
  const [day, setDay] = useState<string | null>(null);
  return (
    <>
      <DateField label={words.day} value={day} onChange={setDay} />
      <Button isDisabled={day === null} onPress={() => day && onPick(day)}>
        {words.move}
      </Button>
    </>
  );
}
