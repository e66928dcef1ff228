import type { PublicationApproval } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { send } from '../../api/client';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { Checkbox } from '../../ui/field';
import { Answer } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { say as toast } from '../../ui/toasts';
import { useApprovalRequired } from '../permanences/queries';
import { approvalWords } from './approval-words';

/** Whether what partners publish waits for the person in charge: said at once, undone by the same box. */
export function PublicationApprovalCard() {
  const words = useWords(approvalWords);
  const query = useApprovalRequired();
  const saving = useMutation({
    mutationFn: (body: PublicationApproval) => send('PUT', '/publication-approval', body),
    onSuccess: (_, { required }) => toast(required ? words.isRequired : words.isFree),
    onSettled: () => queryClient.invalidateQueries({ queryKey: query.queryKey }),
  });
  return (
    <section className="card form">
      <h2>{words.title}</h2>
      <Answer query={query}>
        {({ required }) => (
          <>
            <Checkbox
              value={saving.isPending ? saving.variables.required : required}
              onChange={(asked) => saving.mutate({ required: asked })}
            >
              {words.require}
            </Checkbox>
            <p className="hint">{words.how}</p>
            <ProblemNote error={saving.error} />
          </>
        )}
      </Answer>
    </section>
  );
}
