import type { InvitationBody, InvitationLink, InvitationSaved } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { send } from '../../api/client';
import { useOnce } from '../../api/once';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { sharedWords } from '../../i18n/shared';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/dialog';
import { DateField } from '../../ui/date-field';
import { NumberField } from '../../ui/field';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';
import { motifWords } from '../settings/motif-words';
import { sayLanguage } from '../usagers/languages';
import { MotifField } from './motif-field';
import { waitingChanged } from './queries';
import { SuitsFields, useSuits } from './suits';
import { type Person, WhoWaits } from './who-waits';
import { waitingWords } from './words';

const DAYS = 14;

type Asked = Omit<InvitationBody, 'usagerId' | 'motifId' | 'days'>;

interface InvitePanelProps {
  motifId: string | null;
  usager: Person | null;
  /** What the search asked for, from which she is invited. */
  wish: Partial<Asked>;
  onClose(): void;
}

/** "Choose your slot": for whom, for what, among which hours, and how long the link answers. */
export function InvitePanel({ motifId: given, usager, wish, onClose }: InvitePanelProps) {
  const words = useWords(waitingWords);
  const shared = useWords(sharedWords);
  const names = useNames();
  const once = useOnce();
  const [person, setPerson] = useState(usager);
  const [motifId, setMotif] = useState(given);
  const suitable = useSuits(motifId, wish);
  const [from, setFrom] = useState<string | null>(wish.from ?? null);
  const [days, setDays] = useState<number | null>(DAYS);
  const [toHandOver, setToHandOver] = useState<InvitationSaved | null>(null);
  const { language = null, mode = null, accessible = false, interpreter = false } = wish;
  const inviting = useMutation({
    mutationFn: (body: InvitationBody) => once<InvitationSaved>('/invitations', body),
    onSuccess: (saved) => {
      waitingChanged();
      if (saved.by === 'letter') return setToHandOver(saved);
      tell(words.invitedBySms(person?.name ?? ''), saved.replaced ? { detail: words.replaced } : {});
      onClose();
    },
  });
  const lead = [given && names.motif(given)?.label, words.inviteLead].filter(Boolean).join('. ');
  if (toHandOver) {
    return (
      <Panel title={words.invite} lead={words.toHandOver(person?.name ?? '')} isOpen onClose={onClose}>
        {toHandOver.replaced && <p className="note">{words.replaced}</p>}
        <LinkToHandOver id={toHandOver.id} />
        <Button look="primary" autoFocus onPress={onClose}>
          {shared.close}
        </Button>
      </Panel>
    );
  }
  const errors = fieldErrors(inviting.error);
  return (
    <Panel title={words.invite} lead={lead} isOpen onClose={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!person || !motifId) return;
          inviting.mutate({
            usagerId: person.id,
            motifId,
            ...suitable.suits,
            from,
            language,
            mode,
            accessible,
            interpreter,
            days: days ?? DAYS,
          });
        }}
      >
        {!usager && <WhoWaits label={words.whom} person={person} onPick={setPerson} />}
        {!given && <MotifField value={motifId} onChange={setMotif} />}
        <SuitsFields {...suitable} anyone={words.anyone} />
        <div className="form-row">
          <DateField label={words.notBefore} value={from} onChange={setFrom} error={errors.from} />
          <NumberField label={words.days} value={days} onChange={setDays} minValue={1} maxValue={60} />
        </div>
        <Also asked={{ language, mode, accessible, interpreter }} />
        <ProblemNote error={inviting.error} />
        <Button look="primary" type="submit" isDisabled={!person || !motifId} isPending={inviting.isPending}>
          {words.send}
        </Button>
      </Form>
    </Panel>
  );
}

/** The rest of what the search asked for: said, and kept. */
function Also({ asked }: { asked: Pick<Asked, 'language' | 'mode' | 'accessible' | 'interpreter'> }) {
  const words = useWords(waitingWords);
  const motif = useWords(motifWords);
  const say = useSay();
  const said = [
    asked.language && sayLanguage(asked.language, new Intl.DisplayNames([say.language], { type: 'language' })),
    asked.mode && motif.modesAre[asked.mode],
    asked.accessible && words.accessible,
    asked.interpreter && words.interpreter,
  ].filter(Boolean);
  return said.length > 0 ? <p className="hint">{words.also(said.join(', '))}</p> : null;
}

/** A link of its own, seen this once. */
function LinkToHandOver({ id }: { id: string }) {
  const words = useWords(waitingWords);
  const showing = useMutation({ mutationFn: () => send<InvitationLink>('POST', `/invitations/${id}/link`) });
  return (
    <>
      {showing.data ? (
        <div className="note" role="status">
          <p>{showing.data.text}</p>
          <p className="hint">{words.linkShown}</p>
        </div>
      ) : (
        <Button className="start" isPending={showing.isPending} onPress={() => showing.mutate()}>
          {words.link}
        </Button>
      )}
      <ProblemNote error={showing.error} />
    </>
  );
}
