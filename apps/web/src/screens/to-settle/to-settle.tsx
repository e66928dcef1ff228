import { useConflicts } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { Answer, Empty, Page } from '../../ui/page';
import { ProposalsToAnswer } from '../permanences/proposal';
import { ConflictItem } from './conflict-item';
import { toSettleWords } from './words';

const ROOMS_OFFERED = 5;

/** Everything that cannot hold together, soonest first. */
export function ToSettle() {
  const words = useWords(toSettleWords);
  const query = useConflicts();
  return (
    <Page title={words.title} lead={words.lead}>
      <ProposalsToAnswer />
      <Answer query={query}>
        {(conflicts) =>
          conflicts.length === 0 ? (
            <Empty title={words.nothing}>
              <p>{words.nothingHow}</p>
            </Empty>
          ) : (
            <ul className="plain">
              {conflicts.map((conflict) => (
                <ConflictItem key={conflict.id} conflict={conflict} rooms={ROOMS_OFFERED} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Page>
  );
}
