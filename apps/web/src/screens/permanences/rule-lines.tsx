import type { Permanence } from '@app/contract';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { permanenceWords } from './words';
import { Unbroken } from '../../ui/unbroken';

/** The permanence in a bulletin's words: how one comes, when, where, received by whom. */
export function RuleLines({ permanence }: { permanence: Permanence }) {
  const words = useWords(permanenceWords);
  const shared = useWords(sharedWords);
  const say = useSay();
  const names = useNames();
  return (
    <ul className="plain rule-lines">
      {permanence.rules.map((rule) => {
        const room = names.room(rule.roomId);
        const desk = room?.workstations.find(({ id }) => id === rule.workstationId)?.label;
        const agents = rule.agentIds.map((id) => names.agent(id)?.name).filter(Boolean);
        const where = [
          names.site(rule.siteId)?.name,
          room ? [room.name, desk].filter(Boolean).join(', ') : words.noRoom,
          agents.length > 0 ? agents.join(', ') : rule.seats > 1 ? words.seats(rule.seats) : '',
          rule.from > say.today ? words.fromDate(say.date(rule.from)) : '',
        ];
        return (
          <li key={rule.id}>
            <span className="tag">{shared.mode[rule.mode]}</span> <Unbroken>{rule.words}</Unbroken>
            <p className="where">{where.filter(Boolean).join(' · ')}</p>
            {rule.assumption && <p className="where">{words.assumption(rule.assumption)}</p>}
          </li>
        );
      })}
    </ul>
  );
}
