import type { Appointment } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../../api/client';
import { useWords } from '../../i18n/language';
import { Confirm } from '../../ui/dialog';
import { ProblemNote } from '../../ui/problem';
import { Segmented } from '../../ui/segmented';
import { sharedWords } from '../../i18n/shared';
import { looksAgain } from './looks-again';
import { sayWithUndo } from './taking-back';
import { bookingWords } from './words';

interface CancelAskProps {
  appointment: Pick<Appointment, 'id' | 'version' | 'usagerName' | 'safeContact'>;
  onClose(): void;
  onDone(): void;
}

/** A real question, since the person will be told. */
export function CancelAsk({ appointment, onClose, onDone }: CancelAskProps) {
  const words = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const [by, setBy] = useState<'usager' | 'agent'>('usager');
  const asked = (appointment.safeContact ? words.cancelSafely : words.cancelAsk)(appointment.usagerName);
  const cancelling = useMutation({
    mutationFn: () => send('POST', `/appointments/${appointment.id}/cancel`, { by, version: appointment.version }),
    onSuccess: () => {
      looksAgain();
      sayWithUndo(words.cancelled, appointment.id, { undo: shared.undo, undone: words.undone });
      onDone();
    },
  });
  return (
    <Confirm
      title={words.cancel}
      confirm={appointment.safeContact ? words.cancelQuietly : words.cancelNow}
      isOpen
      isPending={cancelling.isPending}
      onConfirm={() => cancelling.mutate()}
      onClose={onClose}
    >
      <p>{asked}</p>
      <Segmented
        label={asked}
        value={by}
        onChange={setBy}
        options={[
          { id: 'usager', label: words.byUsager },
          { id: 'agent', label: words.byAgent },
        ]}
      />
      <ProblemNote error={cancelling.error} />
    </Confirm>
  );
}
