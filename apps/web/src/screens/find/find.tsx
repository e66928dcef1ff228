import type { Motif, Slot } from '@app/contract';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useDirectory, useNames, useUsager } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useKey } from '../../shell/keys';
import { Button } from '../../ui/button';
import { Answer, Empty, Page } from '../../ui/page';
import { BookPanel } from '../booking/book-panel';
import { useDraft } from '../booking/draft';
import { Filters, type Wanted, wantedFrom } from './filters';
import { Offer } from './offer';
import { WhatFor } from './what-for';
import { findWords } from './words';
import './find.css';

/** From what someone comes for to the first slots; choosing one books it. */
export function Find() {
  const words = useWords(findWords);
  const directory = useDirectory();
  const names = useNames();
  const { draft } = useDraft();
  const [params, setParams] = useSearchParams();
  const [slot, setSlot] = useState<Slot | null>(null);
  const usagerId = params.get('usager');
  const { data: usager } = useUsager(usagerId);
  const chosen = (params.get('motif') ?? '').split(',').flatMap((id) => names.motif(id) ?? []);
  const wanted = wantedFrom(params);
  const forget = () => put({ motif: null });
  useKey('n', forget);

  function put(change: Record<string, string | null>): void {
    setParams((before) => {
      for (const [name, value] of Object.entries(change)) {
        if (value === null) before.delete(name);
        else before.set(name, value);
      }
      return before;
    });
  }

  const who = draft.chosen?.name ?? (usager ? `${usager.firstName} ${usager.lastName}`.trim() : null);
  return (
    <Page
      title={words.title}
      lead={who && words.for(who)}
      acts={chosen.length > 0 && <Filters wanted={wanted} motifs={chosen} onChange={put} />}
    >
      <Answer query={directory}>
        {({ motifs }) => {
          if (motifs.every(({ retired }) => retired)) {
            return (
              <Empty title={words.noMotif}>
                <p>{words.noMotifHow}</p>
              </Empty>
            );
          }
          if (chosen.length === 0) return <WhatFor onPick={(ids) => put({ motif: ids.join(',') })} />;
          return <Offers motifs={chosen} wanted={wanted} onForget={forget} onPick={setSlot} />;
        }}
      </Answer>
      {slot && (
        <BookPanel
          slot={slot}
          usagerId={usagerId}
          onClose={() => setSlot(null)}
          onDone={() => {
            setSlot(null);
            put({ motif: null, usager: null });
          }}
        />
      )}
    </Page>
  );
}

interface OffersProps {
  motifs: readonly Motif[];
  wanted: Wanted;
  onForget(): void;
  onPick(slot: Slot): void;
}

function Offers({ motifs, wanted, onForget, onPick }: OffersProps) {
  const words = useWords(findWords);
  return (
    <section className="card offers">
      <div className="offers-head">
        <h2>{motifs.length > 1 ? words.several : motifs[0]?.label}</h2>
        <Button look="quiet" onPress={onForget}>
          {words.change}
        </Button>
      </div>
      {motifs.map((motif, index) => (
        <Offer key={motif.id} motif={motif} wanted={wanted} onPick={onPick} autoFocus={index === 0} />
      ))}
    </section>
  );
}
