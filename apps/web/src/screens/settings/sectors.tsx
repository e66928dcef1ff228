import type { Sector, SectorBody, SectorStreets } from '@app/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { get, send } from '../../api/client';
import { keys, useNames, useSectors } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Many } from '../../ui/many';
import { Answer } from '../../ui/page';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { sectorWords } from './sector-words';
import { type Opened, ThingPanel } from './thing-panel';
import { Things } from './things';
import { settingsWords } from './words';

/** Which social workers a street belongs to: the sectors and their people, then the streets as a list to paste. */
export function Sectors() {
  const words = useWords(sectorWords);
  const names = useNames();
  const query = useSectors();
  const [opened, setOpened] = useState<Opened>(null);
  return (
    <>
      <Answer query={query}>
        {(sectors) => (
          <>
            <Things
              things={sectors.map(({ id, name, agentIds, streets }) => ({
                id,
                name,
                details: [agentIds.map((agent) => names.agent(agent)?.name).join(', '), words.streets(streets)],
                mayChange: true,
              }))}
              create={words.create}
              none={words.none}
              noneHow={words.noneHow}
              onCreate={() => setOpened({ id: null })}
              onChange={(id) => setOpened({ id })}
            />
            {opened && (
              <SectorPanel
                id={opened.id}
                start={bodyOf(sectors.find(({ id }) => id === opened.id))}
                onClose={() => {
                  setOpened(null);
                  void queryClient.invalidateQueries({ queryKey: keys.sectors });
                }}
              />
            )}
          </>
        )}
      </Answer>
      <Streets />
    </>
  );
}

const bodyOf = (sector: Sector | undefined): SectorBody => ({
  name: sector?.name ?? '',
  agentIds: sector?.agentIds ?? [],
});

function SectorPanel({ id, start, onClose }: { id: string | null; start: SectorBody; onClose(): void }) {
  const words = useWords(sectorWords);
  const settings = useWords(settingsWords);
  const names = useNames();
  return (
    <ThingPanel
      title={id ? settings.edit(start.name) : words.create}
      path="/sectors"
      id={id}
      name={start.name}
      start={start}
      onClose={onClose}
    >
      {({ body, change, error }) => (
        <>
          <TextField
            label={settings.name}
            value={body.name}
            onChange={(name) => change({ name })}
            error={error('name')}
            autoFocus
            isRequired
            maxLength={80}
          />
          <Many
            label={words.agents}
            value={body.agentIds}
            onChange={(agentIds) => change({ agentIds })}
            error={error('agentIds')}
            options={names.agents
              .filter(({ retired }) => !retired)
              .map(({ id: agent, name, partnerId }) => ({
                id: agent,
                label: `${name} (${names.partner(partnerId)?.shortName ?? ''})`,
              }))}
          />
        </>
      )}
    </ThingPanel>
  );
}

function Streets() {
  const query = useQuery({
    queryKey: [...keys.sectors, 'streets'],
    queryFn: ({ signal }) => get<SectorStreets>('/sectors/streets', {}, signal),
  });
  return <Answer query={query}>{({ lines }) => <StreetsForm key={lines} lines={lines} />}</Answer>;
}

function StreetsForm({ lines }: { lines: string }) {
  const words = useWords(sectorWords);
  const [body, setBody] = useState<SectorStreets>({ commune: '', lines });
  const saving = useMutation({
    mutationFn: () => send<Sector[]>('PUT', '/sectors/streets', body),
    onSuccess: () => {
      toast(words.saved);
      return queryClient.invalidateQueries({ queryKey: keys.sectors });
    },
  });
  const errors = fieldErrors(saving.error);
  return (
    <section className="card">
      <h2>{words.list}</h2>
      <p>{words.listHow}</p>
      <p className="hint">
        <code>{words.listExample}</code>
      </p>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <TextField
          label={words.lines}
          hint={words.linesHint}
          lines={12}
          value={body.lines}
          onChange={(typed) => setBody({ ...body, lines: typed })}
          error={errors.lines}
        />
        <TextField
          label={words.commune}
          value={body.commune}
          onChange={(commune) => setBody({ ...body, commune })}
          error={errors.commune}
          maxLength={80}
        />
        {!errors.lines && <ProblemNote error={saving.error} />}
        <Button look="primary" type="submit" isPending={saving.isPending}>
          {words.save}
        </Button>
      </Form>
    </section>
  );
}
