import type { PermanenceLine } from '@app/contract';
import { useWords } from '../../i18n/language';
import { permanenceWords } from './words';

const LOOK = { draft: 'wait', published: 'ok', stopped: '' };

export function StateTag({ state }: { state: PermanenceLine['state'] }) {
  const words = useWords(permanenceWords);
  return <span className={`tag ${LOOK[state]}`}>{words.state[state]}</span>;
}
