import type { Me } from '@app/contract';
import { useState } from 'react';
import { DialogTrigger, Dialog, Popover } from 'react-aria-components';
import { useNames } from '../api/queries';
import { useWords } from '../i18n/language';
import { useSay } from '../i18n/say';
import { sharedWords } from '../i18n/shared';
import { Button } from '../ui/button';
import { Month } from '../ui/date-field';
import { SelectField } from '../ui/field';
import { PersonMenu } from './person-menu';
import { usePlace } from './place';
import { WhoWhat } from './who-what';
import { shellWords } from './words';

export function TopBar({ me, onHelp }: { me: Me; onHelp(): void }) {
  return (
    <header className="top">
      <div className="brand">
        Palier<small>{me.space.name}</small>
      </div>
      <WhoWhat />
      <DayPicker />
      <SitePicker />
      <PersonMenu me={me} onHelp={onHelp} />
    </header>
  );
}

function DayPicker() {
  const words = useWords(shellWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const { date, today, by, go } = usePlace();
  const [open, setOpen] = useState(false);
  return (
    <div className="day">
      <Button look="icon" aria-label={words.previousDay} onPress={() => by(-1)}>
        ‹
      </Button>
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <Button look="quiet" className="date" aria-label={words.chosenDay(say.date(date))}>
          {say.date(date)}
        </Button>
        <Popover className="popover">
          <Dialog aria-label={shared.chooseDate}>
            <Month
              value={date}
              autoFocus
              onChange={(chosen) => {
                setOpen(false);
                go({ date: chosen });
              }}
            />
          </Dialog>
        </Popover>
      </DialogTrigger>
      <Button look="icon" aria-label={words.nextDay} onPress={() => by(1)}>
        ›
      </Button>
      {date !== today && (
        <Button look="quiet" onPress={() => go({ date: today })}>
          {words.backToToday}
        </Button>
      )}
    </div>
  );
}

function SitePicker() {
  const words = useWords(shellWords);
  const { sites } = useNames();
  const { siteId, go } = usePlace();
  const open = sites.filter(({ retired }) => !retired);
  if (open.length < 2) return null;
  return (
    <SelectField
      label={words.site}
      labelIsHidden
      value={siteId ?? null}
      onChange={(chosen) => go({ siteId: chosen })}
      options={open.map(({ id, name, address }) => ({ id, label: name, ...(address && { detail: address }) }))}
    />
  );
}
