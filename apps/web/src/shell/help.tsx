import { useWords } from '../i18n/language';
import { Panel } from '../ui/dialog';
import { shellWords } from './words';

export function Help({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const words = useWords(shellWords);
  return (
    <Panel title={words.keysTitle} isOpen={isOpen} onClose={onClose} place="middle">
      <dl className="key-list">
        {words.keyList.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
