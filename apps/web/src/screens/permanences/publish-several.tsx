import type { PermanenceLine, PublishedOne } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Link } from 'react-router';
import { send } from '../../api/client';
import { keys, useNames } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { Checkbox } from '../../ui/field';
import { ProblemNote } from '../../ui/problem';
import { publishSeveralWords } from './publish-several-words';
import { usePermanences } from './queries';

/** The act of a place that opens, or after an import: its drafts are put on the boards together. Nothing when there are not two. */
export function PublishSeveral({ mayWrite }: { mayWrite(partnerId: string): boolean }) {
  const words = useWords(publishSeveralWords);
  const [isOpen, setOpen] = useState(false);
  const { data = [] } = usePermanences({ partner: null, state: 'draft' });
  const drafts = data.filter(({ partnerId }) => mayWrite(partnerId));
  // Those just published are told of until the panel is closed.
  if (drafts.length < 2 && !isOpen) return null;
  return (
    <>
      <Button onPress={() => setOpen(true)}>{words.open(drafts.length)}</Button>
      {isOpen && <SeveralPanel drafts={drafts} onClose={() => setOpen(false)} />}
    </>
  );
}

function SeveralPanel({ drafts: given, onClose }: { drafts: readonly PermanenceLine[]; onClose(): void }) {
  const words = useWords(publishSeveralWords);
  const names = useNames();
  const [drafts] = useState(given);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = drafts.filter(({ id }) => !left.has(id));
  const publishing = useMutation({
    mutationFn: () =>
      send<PublishedOne[]>('POST', '/permanences/publish', {
        permanences: chosen.map(({ id, version }) => ({ id, version })),
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.permanences }),
  });
  const choose = (id: string, wanted: boolean) =>
    setLeft((before) => new Set(wanted ? [...before].filter((one) => one !== id) : [...before, id]));
  return (
    <Panel title={words.title} lead={words.lead} isOpen onClose={onClose}>
      {publishing.data ? (
        <Became all={publishing.data} drafts={drafts} onClose={onClose} />
      ) : (
        <Form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            publishing.mutate();
          }}
        >
          <fieldset className="several">
            <legend>{words.which}</legend>
            <Checkbox
              value={left.size === 0}
              onChange={(all) => setLeft(new Set(all ? [] : drafts.map(({ id }) => id)))}
            >
              <b>{words.all}</b>
            </Checkbox>
            {drafts.map(({ id, title, partnerId, words: rules }) => (
              <Checkbox key={id} value={!left.has(id)} onChange={(wanted) => choose(id, wanted)}>
                {title}
                <span className="hint">
                  {' '}
                  {[names.partner(partnerId)?.name, ...rules].filter((text) => text && text !== title).join(' · ')}
                </span>
              </Checkbox>
            ))}
          </fieldset>
          <ProblemNote error={publishing.error} />
          <Button look="primary" type="submit" isDisabled={chosen.length === 0} isPending={publishing.isPending}>
            {words.publish(chosen.length)}
          </Button>
        </Form>
      )}
    </Panel>
  );
}

/** What became of each. */
function Became({
  all,
  drafts,
  onClose,
}: {
  all: readonly PublishedOne[];
  drafts: readonly PermanenceLine[];
  onClose(): void;
}) {
  const words = useWords(publishSeveralWords);
  const done = all.flatMap(({ published }) => (published && !published.proposed ? published : []));
  const asked = all.filter(({ published }) => published?.proposed).length;
  const refused = all.flatMap(({ id, refused: why }) => (why ? { id, ...why } : []));
  const dates = done.reduce((sum, { inserted }) => sum + inserted, 0);
  const conflicts = done.reduce((sum, one) => sum + one.conflicts, 0);
  const titleOf = (id: string) => drafts.find((draft) => draft.id === id)?.title;
  return (
    <div className="form">
      {done.length > 0 && (
        <p className="note ok" role="status">
          <b>{words.done(done.length)}</b>
          <br />
          {[words.dates(dates), ...(conflicts > 0 ? [words.toSettle(conflicts)] : [])].join(' · ')}
        </p>
      )}
      {asked > 0 && (
        <p className="note ok" role="status">
          <b>{words.asked(asked)}</b>
        </p>
      )}
      {refused.length > 0 && (
        <div className="note stop" role="alert">
          <b>{words.refused(refused.length)}</b>
          <ul>
            {refused.map(({ id, title, errors }) => (
              <li key={id}>
                <Link to={`/permanences/${id}`}>{titleOf(id)}</Link> : {[title, ...errors].join(' ')}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Button onPress={onClose}>{words.close}</Button>
    </div>
  );
}
