import type { PermanenceLine } from '@app/contract';
import { useState } from 'react';
import { Link } from 'react-router';
import { useJustChanged } from '../../api/live';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { ButtonLink } from '../../ui/button';
import { SelectField } from '../../ui/field';
import { Answer, Empty, Page } from '../../ui/page';
import { PartnerMark, partnerLook } from '../../ui/partner-mark';
import { Segmented } from '../../ui/segmented';
import { Unbroken } from '../../ui/unbroken';
import { FollowedCalendars } from '../imports/followed';
import { importWords } from '../imports/words';
import { useMayWrite, usePermanences } from './queries';
import { proposalWords } from './proposal-words';
import { PublishSeveral } from './publish-several';
import { StateTag } from './state-tag';
import { permanenceWords } from './words';
import './permanences.css';

type Shown = 'all' | PermanenceLine['state'];
const EVERYONE = 'all';

/** Every permanence the viewer may see: its rule in words, its next date, what is to be settled. */
export function Permanences() {
  const words = useWords(permanenceWords);
  const { partners } = useNames();
  const mayWrite = useMayWrite();
  const [partner, setPartner] = useState(EVERYONE);
  const [state, setState] = useState<Shown>('all');
  const isNarrowed = partner !== EVERYONE || state !== 'all';
  const query = usePermanences({
    partner: partner === EVERYONE ? null : partner,
    state: state === 'all' ? null : state,
  });
  const imports = useWords(importWords);
  const create = mayWrite(null) && (
    <>
      <PublishSeveral mayWrite={mayWrite} />
      <ButtonLink href="/permanences/importer">{imports.open}</ButtonLink>
      <ButtonLink look="primary" href="/permanences/nouvelle">
        {words.create}
      </ButtonLink>
    </>
  );
  return (
    <Page title={words.title} lead={words.lead} acts={create}>
      {mayWrite(null) && <FollowedCalendars />}
      <div className="permanence-filters">
        <SelectField
          label={words.partner}
          value={partner}
          onChange={setPartner}
          options={[
            { id: EVERYONE, label: words.allPartners },
            ...partners.filter(({ retired }) => !retired).map(({ id, name }) => ({ id, label: name })),
          ]}
        />
        <Segmented<Shown>
          label={words.shown}
          value={state}
          onChange={setState}
          options={[
            { id: 'all', label: words.all },
            ...(['published', 'draft', 'stopped'] as const).map((id) => ({ id, label: words.states[id] })),
          ]}
        />
      </div>
      <Answer query={query}>
        {(lines) =>
          lines.length > 0 ? (
            <ul className="plain">
              {lines.map((line) => (
                <Line key={line.id} line={line} />
              ))}
            </ul>
          ) : isNarrowed ? (
            <Empty title={words.noneSo} />
          ) : (
            <Empty title={words.none}>
              <p>{mayWrite(null) ? words.noneHow : words.noneRead}</p>
              {create}
            </Empty>
          )
        }
      </Answer>
    </Page>
  );
}

function Line({ line }: { line: PermanenceLine }) {
  const words = useWords(permanenceWords);
  const say = useSay();
  const names = useNames();
  const asking = useWords(proposalWords);
  const isFresh = useJustChanged(line.id);
  const partner = names.partner(line.partnerId);
  const look = partnerLook(partner);
  return (
    <li className={`item permanence-row ${look.className} ${isFresh ? 'just-changed' : ''}`} style={look.style}>
      <div>
        <PartnerMark partner={partner} />
        <Link to={`/permanences/${line.id}`}>{line.title}</Link>
        {partner && partner.name !== line.title && <span className="hint"> {partner.name}</span>}
        {line.words.map((rule) => (
          <p key={rule}>
            <Unbroken>{rule}</Unbroken>
          </p>
        ))}
        <p className="next">{line.next ? words.next(say.shortMoment(line.next)) : words.noNext}</p>
      </div>
      <div className="tags">
        {line.openConflicts > 0 && <span className="tag stop">{words.conflicts(line.openConflicts)}</span>}
        {line.waits && <span className="tag wait">{asking.waits}</span>}
        {line.visibility !== 'public' && <span className="tag">{words[line.visibility]}</span>}
        <StateTag state={line.state} />
      </div>
    </li>
  );
}
