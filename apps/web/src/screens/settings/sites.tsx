import { type SiteBody } from '@app/contract';
import { sayWeekday } from '@app/time';
import { useState } from 'react';
import { useDirectory } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Boxed } from '../../ui/boxed';
import { Button } from '../../ui/button';
import { TextField, TimeField } from '../../ui/field';
import { Answer } from '../../ui/page';
import { likeMonday, nextRange, type Opening, sayOpenings } from './openings';
import { type Opened, ThingPanel } from './thing-panel';
import { Things } from './things';
import { settingsWords } from './words';

const NEW: SiteBody = { name: '', address: '', phone: null, openings: [] };

export function Sites() {
  const words = useWords(settingsWords);
  const say = useSay();
  const query = useDirectory();
  const [opened, setOpened] = useState<Opened>(null);
  return (
    <Answer query={query}>
      {({ sites }) => {
        const site = sites.find(({ id }) => id === opened?.id);
        return (
          <>
            <Things
              things={sites
                .filter(({ retired }) => !retired)
                .map(({ id, name, address, phone, openings }) => ({
                  id,
                  name,
                  details: [
                    address,
                    phone && say.phone(phone),
                    sayOpenings(openings, say.language).join(' ; ') || words.site.noHours,
                  ],
                  mayChange: true,
                }))}
              create={words.site.create}
              none={words.site.none}
              noneHow={words.site.noneHow}
              onCreate={() => setOpened({ id: null })}
              onChange={(id) => setOpened({ id })}
            />
            {opened && <SitePanel id={opened.id} start={site ? bodyOf(site) : NEW} onClose={() => setOpened(null)} />}
          </>
        );
      }}
    </Answer>
  );
}

function bodyOf({ name, address, phone, openings }: SiteBody): SiteBody {
  return { name, address, phone, openings };
}

function SitePanel({ id, start, onClose }: { id: string | null; start: SiteBody; onClose(): void }) {
  const words = useWords(settingsWords);
  return (
    <ThingPanel
      title={id ? words.edit(start.name) : words.site.create}
      path="/sites"
      id={id}
      name={start.name}
      start={start}
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
          <TextField
            label={words.site.address}
            value={body.address}
            onChange={(address) => change({ address })}
            error={error('address')}
            maxLength={200}
          />
          <TextField
            label={words.phone}
            value={body.phone ?? ''}
            onChange={(phone) => change({ phone: phone || null })}
            error={error('phone')}
            type="tel"
            maxLength={30}
          />
          <Hours
            openings={body.openings}
            error={error('openings')}
            onChange={(openings) => change({ openings: [...openings] })}
          />
        </>
      )}
    </ThingPanel>
  );
}

interface HoursProps {
  openings: readonly Opening[];
  error: string | undefined;
  onChange(openings: readonly Opening[]): void;
}

function Hours({ openings, error, onChange }: HoursProps) {
  const words = useWords(settingsWords);
  const { language } = useSay();
  const replace = (old: Opening, part: Partial<Opening>) =>
    onChange(openings.map((opening) => (opening === old ? { ...opening, ...part } : opening)));
  return (
    <Boxed legend={words.site.hours}>
      <p className="hint">{words.site.hoursHint}</p>
      {[1, 2, 3, 4, 5, 6, 7].map((weekday) => {
        const day = sayWeekday(weekday, language);
        const ranges = openings.filter((opening) => opening.weekday === weekday);
        return (
          <div className="opening-day" key={weekday}>
            <span>{day}</span>
            <div className="opening-ranges">
              {ranges.length === 0 && <span className="hint">{words.site.closed}</span>}
              {ranges.map((range, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the ranges of a day have nothing else to tell them apart while being typed
                <div className="opening-range" key={index}>
                  <TimeField
                    label={words.site.opens(day)}
                    value={range.opens}
                    onChange={(opens) => opens && replace(range, { opens })}
                  />
                  <span aria-hidden="true">–</span>
                  <TimeField
                    label={words.site.closes(day)}
                    value={range.closes}
                    onChange={(closes) => closes && replace(range, { closes })}
                  />
                  <Button
                    look="quiet"
                    aria-label={words.site.removeRange(day)}
                    onPress={() => onChange(openings.filter((opening) => opening !== range))}
                  >
                    ×
                  </Button>
                </div>
              ))}
              <Button
                look="quiet"
                aria-label={words.site.addRange(day)}
                onPress={() => onChange([...openings, nextRange(openings, weekday)])}
              >
                + {words.site.add}
              </Button>
            </div>
          </div>
        );
      })}
      {error && <p className="field-error">{error}</p>}
      {openings.some(({ weekday }) => weekday === 1) && (
        <Button look="quiet" onPress={() => onChange(likeMonday(openings))}>
          {words.site.likeMonday}
        </Button>
      )}
    </Boxed>
  );
}
