import type { MessageLinks } from '@app/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { get, send } from '../../api/client';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { Checkbox } from '../../ui/field';
import { Answer } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { messageLinksWords } from './message-links-words';

const KEY = ['message-links'];

/** Whether messages carry the address of the appointment: said at once, undone by the same box. */
export function MessageLinksCard() {
  const words = useWords(messageLinksWords);
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => get<MessageLinks>('/message-links', {}, signal) });
  const saving = useMutation({
    mutationFn: (body: MessageLinks) => send<MessageLinks>('PUT', '/message-links', body),
    onSuccess: ({ allowed }) => toast(allowed ? words.areAllowed : words.areNot),
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <section className="card form">
      <h2>{words.title}</h2>
      <Answer query={query}>
        {({ allowed }) => (
          <>
            <Checkbox
              value={saving.isPending ? saving.variables.allowed : allowed}
              onChange={(asked) => saving.mutate({ allowed: asked })}
            >
              {words.allow}
            </Checkbox>
            <p className="hint">{words.how}</p>
            <ProblemNote error={saving.error} />
          </>
        )}
      </Answer>
    </section>
  );
}
