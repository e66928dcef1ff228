import type { Partner, PartnerBody } from '@app/contract';
import { useState } from 'react';
import { useDirectory } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Checkbox, TextField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { HueField } from './hue-field';
import { PublicationApprovalCard } from './publication-approval';
import { useRights } from './rights';
import { type Opened, ThingPanel } from './thing-panel';
import { Things } from './things';
import { settingsWords } from './words';

export function Partners() {
  const words = useWords(settingsWords);
  const say = useSay();
  const rights = useRights();
  const query = useDirectory();
  const [opened, setOpened] = useState<Opened>(null);
  return (
    <Answer query={query}>
      {({ partners }) => {
        const partner = partners.find(({ id }) => id === opened?.id);
        return (
          <>
            <Things
              things={partners
                .filter(({ id, retired }) => !retired && rights.writesFor(id))
                .map((one) => ({
                  id: one.id,
                  name: one.name,
                  before: <PartnerMark partner={one} />,
                  details: [
                    one.phone && say.phone(one.phone),
                    one.audience,
                    one.confidential && words.isConfidential,
                    !one.onPublicPage && words.partnerForm.isHidden,
                  ],
                  mayChange: true,
                }))}
              create={rights.setsPlace ? words.partnerForm.create : null}
              none={words.partnerForm.none}
              noneHow={words.partnerForm.noneHow}
              onCreate={() => setOpened({ id: null })}
              onChange={(id) => setOpened({ id })}
            />
            {rights.setsPlace && <PublicationApprovalCard />}
            {opened && (
              <PartnerPanel
                id={opened.id}
                start={partner ? bodyOf(partner) : newPartner(partners)}
                mayRetire={rights.setsPlace}
                onClose={() => setOpened(null)}
              />
            )}
          </>
        );
      }}
    </Answer>
  );
}

function bodyOf({ id: _id, retired: _retired, ...body }: Partner): PartnerBody {
  return body;
}

/** The hue farthest from those in use: partners are told apart at a glance. */
function newPartner(others: readonly Partner[]): PartnerBody {
  const hues = others.filter(({ retired }) => !retired).map(({ hue }) => hue);
  const farness = (hue: number) =>
    Math.min(180, ...hues.map((other) => Math.min(Math.abs(hue - other), 360 - Math.abs(hue - other))));
  const candidates = Array.from({ length: 72 }, (_, step) => step * 5);
  const hue = candidates.reduce((best, one) => (farness(one) > farness(best) ? one : best), 0);
  return {
    name: '',
    shortName: '',
    mark: '',
    hue,
    phone: null,
    description: '',
    audience: '',
    confidential: false,
    onPublicPage: true,
  };
}

interface PartnerPanelProps {
  id: string | null;
  start: PartnerBody;
  mayRetire: boolean;
  onClose(): void;
}

function PartnerPanel({ id, start, mayRetire, onClose }: PartnerPanelProps) {
  const words = useWords(settingsWords);
  return (
    <ThingPanel
      title={id ? words.edit(start.name) : words.partnerForm.create}
      path="/partners"
      id={id}
      name={start.name}
      start={start}
      mayRetire={mayRetire}
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
            maxLength={120}
          />
          <div className="form-row">
            <TextField
              label={words.partnerForm.shortName}
              value={body.shortName}
              onChange={(shortName) => change({ shortName })}
              error={error('shortName')}
              isRequired
              maxLength={30}
            />
            <TextField
              label={words.partnerForm.mark}
              hint={words.partnerForm.markHint}
              value={body.mark}
              onChange={(mark) => change({ mark })}
              error={error('mark')}
              isRequired
              maxLength={3}
            />
          </div>
          <HueField partner={body} onChange={(hue) => change({ hue })} />
          <TextField
            label={words.phone}
            value={body.phone ?? ''}
            onChange={(phone) => change({ phone: phone || null })}
            error={error('phone')}
            type="tel"
            maxLength={30}
          />
          <TextField
            label={words.audience}
            hint={words.audienceHint}
            value={body.audience}
            onChange={(audience) => change({ audience })}
            error={error('audience')}
            maxLength={200}
          />
          <TextField
            label={words.partnerForm.description}
            value={body.description}
            onChange={(description) => change({ description })}
            error={error('description')}
            lines={3}
            maxLength={500}
          />
          <Checkbox value={body.onPublicPage} onChange={(onPublicPage) => change({ onPublicPage })}>
            {words.partnerForm.onPublicPage}
          </Checkbox>
          <Checkbox value={body.confidential} onChange={(confidential) => change({ confidential })}>
            {words.confidential}
          </Checkbox>
        </>
      )}
    </ThingPanel>
  );
}
