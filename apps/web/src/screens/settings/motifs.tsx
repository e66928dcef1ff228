import type { Motif, MotifBody } from '@app/contract';
import { useState } from 'react';
import { useDirectory, useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Checkbox, NumberField, SelectField, TextField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { PartnerField } from './partner-field';
import { useRights } from './rights';
import { type Opened, ThingPanel } from './thing-panel';
import { Things } from './things';
import { settingsWords } from './words';

/** A motif while it is typed: some of it may still have to be chosen. */
type MotifForm = Omit<MotifBody, 'partnerId' | 'durationMinutes'> & {
  partnerId: string | null;
  durationMinutes: number | null;
};

const WAYS = ['here', 'own-number', 'walk-in'] as const;

export function Motifs() {
  const words = useWords(settingsWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  const rights = useRights();
  const query = useDirectory();
  const [opened, setOpened] = useState<Opened>(null);
  return (
    <Answer query={query}>
      {({ motifs }) => {
        const motif = motifs.find(({ id }) => id === opened?.id);
        const only = rights.partners.length === 1 ? rights.partners[0]?.id : undefined;
        return (
          <>
            <Things
              things={motifs
                .filter(({ partnerId, retired }) => !retired && rights.writesFor(partnerId))
                .map((one) => ({
                  id: one.id,
                  name: one.label,
                  before: <PartnerMark partner={names.partner(one.partnerId)} />,
                  details: [
                    names.partner(one.partnerId)?.name,
                    shared.minutes(one.durationMinutes),
                    words.motif.bookedIs[one.booked],
                    one.phone && say.phone(one.phone),
                    one.confidential && words.isConfidential,
                  ],
                  mayChange: true,
                }))}
              create={rights.partners.length > 0 ? words.motif.create : null}
              none={words.motif.none}
              noneHow={rights.partners.length > 0 ? words.motif.noneHow : words.partnerFirst}
              onCreate={() => setOpened({ id: null })}
              onChange={(id) => setOpened({ id })}
            />
            {opened && (
              <MotifPanel
                id={opened.id}
                start={motif ? bodyOf(motif) : newMotif(only ?? null)}
                onClose={() => setOpened(null)}
              />
            )}
          </>
        );
      }}
    </Answer>
  );
}

function bodyOf({ id: _id, retired: _retired, ...body }: Motif): MotifForm {
  return body;
}

function newMotif(partnerId: string | null): MotifForm {
  return {
    partnerId,
    label: '',
    discreetLabel: '',
    durationMinutes: 30,
    booked: 'here',
    phone: null,
    audience: '',
    confidential: false,
    namesService: false,
  };
}

function MotifPanel({ id, start, onClose }: { id: string | null; start: MotifForm; onClose(): void }) {
  const words = useWords(settingsWords);
  return (
    <ThingPanel
      title={id ? words.edit(start.label) : words.motif.create}
      path="/motifs"
      id={id}
      name={start.label}
      start={start}
      onClose={onClose}
    >
      {({ body, change, error }) => (
        <>
          <PartnerField
            value={body.partnerId}
            onChange={(partnerId) => change({ partnerId })}
            error={error('partnerId')}
            isFixed={id !== null}
          />
          <TextField
            label={words.motif.label}
            value={body.label}
            onChange={(label) => change({ label })}
            error={error('label')}
            autoFocus
            isRequired
            maxLength={120}
          />
          <TextField
            label={words.motif.discreet}
            hint={words.motif.discreetHint}
            value={body.discreetLabel}
            onChange={(discreetLabel) => change({ discreetLabel })}
            error={error('discreetLabel')}
            isRequired
            maxLength={60}
          />
          <div className="form-row">
            <NumberField
              label={words.motif.duration}
              value={body.durationMinutes}
              onChange={(durationMinutes) => change({ durationMinutes })}
              error={error('durationMinutes')}
              minValue={5}
              maxValue={480}
              step={5}
            />
            <SelectField
              label={words.motif.booked}
              value={body.booked}
              onChange={(booked) => change({ booked: booked as MotifForm['booked'] })}
              options={WAYS.map((way) => ({ id: way, label: words.motif.bookedIs[way] }))}
            />
          </div>
          {body.booked === 'own-number' && (
            <TextField
              label={words.phone}
              value={body.phone ?? ''}
              onChange={(phone) => change({ phone: phone || null })}
              error={error('phone')}
              type="tel"
              maxLength={30}
            />
          )}
          <TextField
            label={words.audience}
            hint={words.audienceHint}
            value={body.audience}
            onChange={(audience) => change({ audience })}
            error={error('audience')}
            maxLength={200}
          />
          <Checkbox value={body.namesService} onChange={(namesService) => change({ namesService })}>
            {words.motif.namesService}
          </Checkbox>
          <Checkbox value={body.confidential} onChange={(confidential) => change({ confidential })}>
            {words.confidential}
          </Checkbox>
        </>
      )}
    </ThingPanel>
  );
}
