import type { AppointmentMode } from '@app/contract';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { DateField } from '../../ui/date-field';
import { NumberField, SelectField, TimeField } from '../../ui/field';
import { AloneHourNotes } from './alone-hour';
import { aloneWords } from './alone-words';

/** Who receives, how, where and when, outside any permanence. */
export interface Hours {
  agentId: string | null;
  secondAgentId: string | null;
  mode: AppointmentMode;
  siteId: string | null;
  /** Null: whichever suits. */
  roomId: string | null;
  date: string | null;
  start: string | null;
  minutes: number | null;
}

/** What is sent; null while something is missing. */
export function bodyOf(hours: Hours, agentsNeeded: number) {
  const { agentId, secondAgentId, mode, siteId, roomId, date, start, minutes } = hours;
  if (!agentId || !siteId || !date || !start || (agentsNeeded > 1 && !secondAgentId)) return null;
  return {
    agentId,
    secondAgentId: agentsNeeded > 1 ? secondAgentId : null,
    mode,
    siteId,
    roomId: mode === 'on-site' ? roomId : null,
    start: `${date}T${start}`,
    ...(minutes !== null && { minutes }),
  };
}

const ANY = 'any';

interface AloneFieldsProps {
  motifId: string | null;
  interpreter: boolean;
  hours: Hours;
  onChange(change: Partial<Hours>): void;
}

export function AloneFields({ motifId, interpreter, hours, onChange }: AloneFieldsProps) {
  const words = useWords(aloneWords);
  const names = useNames();
  const motif = names.motif(motifId);
  const agents = names.agents
    .filter((one) => !one.retired && one.partnerId === motif?.partnerId)
    .filter(({ skills }) => motif?.skills.every((skill) => skills.includes(skill)))
    .map(({ id, name, profession }) => ({ id, label: name, detail: profession }));
  const modes = motif?.modes ?? [hours.mode];
  const rooms = names.rooms
    .filter((one) => !one.retired && one.siteId === hours.siteId && one.capacity >= (motif?.people ?? 1))
    .filter(({ equipment }) => motif?.equipment.every((thing) => equipment.includes(thing)) ?? true)
    .map(({ id, name, floor }) => ({ id, label: name, detail: floor }));
  return (
    <>
      <SelectField
        label={words.agent}
        value={hours.agentId}
        options={agents.filter(({ id }) => id !== hours.secondAgentId)}
        onChange={(agentId) => onChange({ agentId })}
      />
      {(motif?.agentsNeeded ?? 1) > 1 && (
        <SelectField
          label={words.second}
          value={hours.secondAgentId}
          options={agents.filter(({ id }) => id !== hours.agentId)}
          onChange={(secondAgentId) => onChange({ secondAgentId })}
        />
      )}
      {(modes.length > 1 || hours.mode !== 'on-site') && (
        <SelectField
          label={words.how}
          value={hours.mode}
          options={modes.map((mode) => ({ id: mode, label: words.modes[mode] }))}
          onChange={(mode) => onChange({ mode: mode as AppointmentMode })}
        />
      )}
      {hours.mode === 'home' && <p className="hint">{words.home}</p>}
      {hours.mode === 'phone' && <p className="hint">{words.phone}</p>}
      {names.sites.filter(({ retired }) => !retired).length > 1 && (
        <SelectField
          label={words.site}
          value={hours.siteId}
          options={names.sites.filter(({ retired }) => !retired).map(({ id, name }) => ({ id, label: name }))}
          onChange={(siteId) => onChange({ siteId, roomId: null })}
        />
      )}
      {hours.mode === 'on-site' && (
        <SelectField
          label={words.room}
          value={rooms.some(({ id }) => id === hours.roomId) ? hours.roomId : ANY}
          options={[{ id: ANY, label: words.anyRoom }, ...rooms]}
          onChange={(roomId) => onChange({ roomId: roomId === ANY ? null : roomId })}
        />
      )}
      <div className="form-row times">
        <DateField label={words.day} value={hours.date} onChange={(date) => onChange({ date })} isRequired />
        <TimeField label={words.at} value={hours.start} onChange={(start) => onChange({ start })} isRequired />
        <NumberField
          label={words.minutes}
          hint={motif && words.usual(motif.durationMinutes)}
          value={hours.minutes}
          onChange={(minutes) => onChange({ minutes })}
          minValue={5}
          maxValue={480}
        />
      </div>
      <AloneHourNotes motifId={motifId} interpreter={interpreter} hours={hours} />
    </>
  );
}
