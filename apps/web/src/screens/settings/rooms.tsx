import type { Room } from '@app/contract';
import { useState } from 'react';
import { useDirectory, useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { usePlace } from '../../shell/place';
import { Checkbox, NumberField, SelectField, TextField } from '../../ui/field';
import { Many } from '../../ui/many';
import { Answer } from '../../ui/page';
import { listed, type Opened, ThingPanel } from './thing-panel';
import { Things } from './things';
import { settingsWords } from './words';

/** A room while it is typed: its lists are one line of text each. */
interface RoomForm {
  siteId: string | null;
  name: string;
  floor: string;
  capacity: number | null;
  accessible: boolean;
  equipment: string;
  residentPartnerId: string | null;
  residentAgentIds: string[];
  workstations: string;
}

const NOBODY = 'nobody';

export function Rooms() {
  const words = useWords(settingsWords);
  const names = useNames();
  const query = useDirectory();
  const { siteId } = usePlace();
  const [opened, setOpened] = useState<Opened>(null);
  return (
    <Answer query={query}>
      {({ rooms }) => {
        const room = rooms.find(({ id }) => id === opened?.id);
        return (
          <>
            <Things
              things={rooms
                .filter(({ retired }) => !retired)
                .map((one) => ({
                  id: one.id,
                  name: one.name,
                  details: [
                    names.site(one.siteId)?.name,
                    one.floor,
                    words.room.capacityIs(one.capacity),
                    one.workstations.length > 0 && words.room.desksAre(one.workstations.length),
                    one.accessible && words.room.isAccessible,
                    ...one.equipment,
                    one.residentPartnerId &&
                      words.room.residentIs(names.partner(one.residentPartnerId)?.shortName ?? ''),
                  ],
                  mayChange: true,
                }))}
              create={words.room.create}
              none={words.room.none}
              noneHow={words.room.noneHow}
              onCreate={() => setOpened({ id: null })}
              onChange={(id) => setOpened({ id })}
            />
            {opened && (
              <RoomPanel
                id={opened.id}
                start={room ? formOf(room) : newRoom(siteId ?? null)}
                onClose={() => setOpened(null)}
              />
            )}
          </>
        );
      }}
    </Answer>
  );
}

function newRoom(siteId: string | null): RoomForm {
  return {
    siteId,
    name: '',
    floor: '',
    capacity: 3,
    accessible: false,
    equipment: '',
    residentPartnerId: null,
    residentAgentIds: [],
    workstations: '',
  };
}

function formOf(room: Room): RoomForm {
  const { siteId, name, floor, capacity, accessible, residentPartnerId, residentAgentIds } = room;
  return {
    siteId,
    name,
    floor,
    capacity,
    accessible,
    residentPartnerId,
    residentAgentIds,
    equipment: room.equipment.join(', '),
    workstations: room.workstations.map(({ label }) => label).join(', '),
  };
}

function RoomPanel({ id, start, onClose }: { id: string | null; start: RoomForm; onClose(): void }) {
  const words = useWords(settingsWords);
  const { sites, partners } = useNames();
  return (
    <ThingPanel
      title={id ? words.edit(start.name) : words.room.create}
      path="/rooms"
      id={id}
      name={start.name}
      start={start}
      toSend={(form) => ({ ...form, equipment: listed(form.equipment), workstations: listed(form.workstations) })}
      onClose={onClose}
    >
      {({ body, change, error }) => (
        <>
          <TextField
            label={words.name}
            value={body.name}
            onChange={(name) => change({ name })}
            error={error('name')}
            autoFocus
            isRequired
            maxLength={80}
          />
          <SelectField
            label={words.room.site}
            value={body.siteId}
            onChange={(siteId) => change({ siteId })}
            error={error('siteId')}
            options={sites.filter(({ retired }) => !retired).map((site) => ({ id: site.id, label: site.name }))}
          />
          <div className="form-row">
            <NumberField
              label={words.room.capacity}
              value={body.capacity}
              onChange={(capacity) => change({ capacity })}
              error={error('capacity')}
              minValue={1}
              maxValue={500}
            />
            <TextField
              label={words.room.floor}
              value={body.floor}
              onChange={(floor) => change({ floor })}
              error={error('floor')}
              maxLength={40}
            />
          </div>
          <Checkbox value={body.accessible} onChange={(accessible) => change({ accessible })}>
            {words.room.accessible}
          </Checkbox>
          <TextField
            label={words.room.equipment}
            hint={words.room.equipmentHint}
            value={body.equipment}
            onChange={(equipment) => change({ equipment })}
            error={error('equipment')}
          />
          <TextField
            label={words.room.desks}
            hint={words.room.desksHint}
            value={body.workstations}
            onChange={(workstations) => change({ workstations })}
            error={error('workstations')}
          />
          <SelectField
            label={words.room.resident}
            value={body.residentPartnerId ?? NOBODY}
            onChange={(chosen) =>
              change({ residentPartnerId: chosen === NOBODY ? null : chosen, residentAgentIds: [] })
            }
            error={error('residentPartnerId')}
            options={[
              { id: NOBODY, label: words.room.nobody },
              ...partners.filter(({ retired }) => !retired).map((partner) => ({ id: partner.id, label: partner.name })),
            ]}
          />
          {body.residentPartnerId && (
            <Seated
              partnerId={body.residentPartnerId}
              value={body.residentAgentIds}
              onChange={(residentAgentIds) => change({ residentAgentIds })}
              error={error('residentAgentIds')}
            />
          )}
        </>
      )}
    </ThingPanel>
  );
}

interface SeatedProps {
  partnerId: string;
  value: readonly string[];
  onChange(agentIds: string[]): void;
  error: string | undefined;
}

/** Who sits in someone's office: of one service, or of two that share it. */
function Seated({ partnerId, value, onChange, error }: SeatedProps) {
  const words = useWords(settingsWords);
  const { agents, agent, partners } = useNames();
  const other = value.map((id) => agent(id)?.partnerId).find((id) => id !== undefined && id !== partnerId);
  const [shared, setShared] = useState(other ?? NOBODY);
  const seated = agents.filter((one) => !one.retired && (one.partnerId === partnerId || one.partnerId === shared));
  const others = partners.filter(({ id, retired }) => !retired && id !== partnerId);
  return (
    <>
      <SelectField
        label={words.room.sharedWith}
        value={shared}
        onChange={(chosen) => {
          setShared(chosen);
          onChange(value.filter((id) => [partnerId, chosen].includes(agent(id)?.partnerId ?? '')));
        }}
        options={[{ id: NOBODY, label: words.room.nobody }, ...others.map(({ id, name }) => ({ id, label: name }))]}
      />
      {seated.length > 0 && (
        <Many
          label={words.room.seated}
          hint={words.room.seatedHint}
          value={value}
          onChange={onChange}
          error={error}
          options={seated.map(({ id, name }) => ({ id, label: name }))}
        />
      )}
    </>
  );
}
