import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
  Text,
} from 'react-aria-components';
import { useWords } from '../i18n/language';
import { sharedWords } from '../i18n/shared';
import { Button } from './button';

interface Said {
  text: string;
  at: number;
  detail?: string | undefined;
  undo?: { label: string; act(): void } | undefined;
}

const UNDO_MS = 10_000;
/** A press and its twin. */
const TWICE_MS = 1_000;
const queue = new ToastQueue<Said>({ maxVisibleToasts: 3 });

/**
 * Says what was done; with `undo`, for ten seconds it can be taken back. The focus stays where it is. What a double click did twice
 * is said once.
 */
export function say(text: string, more: Pick<Said, 'detail' | 'undo'> = {}): void {
  const at = performance.now();
  for (const { key, content } of queue.visibleToasts)
    if (content.text === text && at - content.at < TWICE_MS) queue.close(key);
  queue.add({ text, at, ...more }, { timeout: UNDO_MS });
}

export function Toasts() {
  const words = useWords(sharedWords);
  return (
    <ToastRegion queue={queue} className="toasts" aria-label={words.news}>
      {({ toast }) => (
        <Toast toast={toast} className="toast">
          <ToastContent>
            <Text slot="title">{toast.content.text}</Text>
            {toast.content.detail && <Text slot="description">{toast.content.detail}</Text>}
          </ToastContent>
          {toast.content.undo && (
            <Button
              look="quiet"
              onPress={() => {
                toast.content.undo?.act();
                queue.close(toast.key);
              }}
            >
              {toast.content.undo.label}
            </Button>
          )}
          <Button look="icon" slot="close" aria-label={words.close}>
            ×
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}
