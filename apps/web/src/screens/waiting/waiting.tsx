import { useState } from 'react';
import { useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import { Answer, Empty, Page } from '../../ui/page';
import { WaitingItem } from './entry';
import { JoinWaiting } from './join-waiting';
import { useWaiting } from './queries';
import { waitingWords } from './words';

/** Who waits, since when and for what; what is proposed to them. */
export function WaitingScreen() {
  const words = useWords(waitingWords);
  const [joins, setJoins] = useState(false);
  const query = useWaiting();
  return (
    <Page
      title={words.title}
      lead={words.lead}
      acts={
        <Button look="primary" onPress={() => setJoins(true)}>
          {words.join}
        </Button>
      }
    >
      <div className="card">
        <Answer query={query}>
          {({ items, more }) =>
            items.length === 0 ? (
              <Empty title={words.none}>
                <p>{words.noneHow}</p>
              </Empty>
            ) : (
              <>
                <ul className="plain">
                  {items.map((entry) => (
                    <WaitingItem key={entry.id} entry={entry} byName />
                  ))}
                </ul>
                {more && <p className="hint">{words.more}</p>}
              </>
            )
          }
        </Answer>
      </div>
      {joins && <JoinWaiting motifId={null} usager={null} wish={{}} onClose={() => setJoins(false)} />}
    </Page>
  );
}
