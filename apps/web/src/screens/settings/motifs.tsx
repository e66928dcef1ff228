import { useState } from 'react';
import { useDirectory, useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Answer } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { MessageLinksCard } from './message-links';
import { formOf, MotifPanel, newMotif } from './motif-panel';
import { useRights } from './rights';
import type { Opened } from './thing-panel';
import { Things } from './things';
import { settingsWords } from './words';

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
                    shared.lasts(one.durationMinutes),
                    words.motif.bookedIs[one.booked],
                    one.phone && say.phone(one.phone),
                    one.urgent && words.motif.isUrgent,
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
            {rights.setsPlace && <MessageLinksCard />}
            {opened && (
              <MotifPanel
                id={opened.id}
                start={motif ? formOf(motif) : newMotif(only ?? null)}
                onClose={() => setOpened(null)}
              />
            )}
          </>
        );
      }}
    </Answer>
  );
}
