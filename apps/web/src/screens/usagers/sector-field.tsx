import type { SectorFound } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { send } from '../../api/client';
import { useNames, useSectors } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { Boxed } from '../../ui/boxed';
import { Button } from '../../ui/button';
import { SelectField, TextField } from '../../ui/field';
import { ProblemNote } from '../../ui/problem';
import { marksWords } from './marks-words';

const NONE = 'none';

/** From an address, which is forgotten, to the sector, which is kept. Nothing where the space has no sectors. */
export function SectorField({ value, onChange }: { value: string | null; onChange(sectorId: string | null): void }) {
  const words = useWords(marksWords);
  const names = useNames();
  const { data: sectors = [] } = useSectors();
  const [address, setAddress] = useState('');
  const finding = useMutation({
    mutationFn: () => send<SectorFound>('POST', '/sectors/find', { address }),
    onSuccess: ({ sector }) => sector && onChange(sector.id),
  });
  if (sectors.length === 0) return null;
  const sector = sectors.find(({ id }) => id === value);
  const agents = sector?.agentIds.map((id) => names.agent(id)?.name).filter(Boolean) ?? [];
  // Enter looks the address up: it is not the form's.
  const takeEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || address.trim() === '') return;
    event.preventDefault();
    finding.mutate();
  };
  return (
    <Boxed legend={words.sector}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only the Enter of the field inside is taken */}
      <div onKeyDown={takeEnter}>
        <TextField
          label={words.address}
          hint={words.addressHint}
          value={address}
          onChange={(typed) => {
            setAddress(typed);
            finding.reset();
          }}
          autoComplete="off"
          maxLength={200}
        />
      </div>
      <Button
        className="start"
        isDisabled={address.trim() === ''}
        isPending={finding.isPending}
        onPress={() => finding.mutate()}
      >
        {words.findSector}
      </Button>
      <ProblemNote error={finding.error} />
      {finding.data && (
        <p role="status">{finding.data.sector ? words.sectorIs(finding.data.sector.name) : words.noSector}</p>
      )}
      <SelectField
        label={words.sector}
        value={value ?? NONE}
        onChange={(id) => onChange(id === NONE ? null : id)}
        options={[{ id: NONE, label: words.sectorNone }, ...sectors.map(({ id, name }) => ({ id, label: name }))]}
        hint={agents.length > 0 ? words.sectorAgents(agents.join(', ')) : undefined}
      />
    </Boxed>
  );
}
