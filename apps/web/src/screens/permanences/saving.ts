import type { Permanence, PermanenceBody, Published } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { get, send } from '../../api/client';
import { useOnce } from '../../api/once';
import { keys } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { say } from '../../ui/toasts';
import { useTold } from './told';
import { permanenceWords } from './words';

/** What is known of a permanence that is stored. */
export type Stored = Pick<Permanence, 'id' | 'version' | 'state'>;

interface Saved {
  body: PermanenceBody;
  publishes: boolean;
  /** Over what someone else saved in between. */
  over: boolean;
  /** From which day, and what was shown of it. */
  how?: { from?: string; seen?: string };
}

/**
 * Writes, then publishes when asked, then opens the permanence. `onStored` is told as soon as something is stored: an
 * answer lost between writing and publishing loses nothing, and pressing again goes on from there.
 */
export function useSaving(stored: Stored | null, onStored: (stored: Stored) => void) {
  const words = useWords(permanenceWords);
  const navigate = useNavigate();
  const told = useTold();
  const post = useOnce();
  return useMutation({
    mutationFn: async ({ body, publishes, over, how }: Saved) => {
      let now: Stored | null = stored && over ? await get<Permanence>(`/permanences/${stored.id}`) : stored;
      let published: Published | null = null;
      if (now) {
        published = await send<Published>('PUT', `/permanences/${now.id}`, {
          permanence: body,
          version: now.version,
          ...how,
        });
        now = { ...now, version: published.version };
      } else {
        const { id } = await post<{ id: string }>('/permanences', body);
        now = await get<Permanence>(`/permanences/${id}`);
      }
      onStored(now);
      const isDraft = now.state === 'draft';
      if (isDraft && publishes)
        published = await send<Published>('POST', `/permanences/${now.id}/publish`, { version: now.version });
      return { id: now.id, published: isDraft && !publishes ? null : published };
    },
    onSuccess: ({ id, published }) => {
      if (published) told(published);
      else say(words.draftSaved);
      void queryClient.invalidateQueries({ queryKey: keys.permanences });
      void navigate(`/permanences/${id}`);
    },
  });
}
