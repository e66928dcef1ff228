import type { Appointment, CancelledFollowing } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../../api/client';
import { useWords } from '../../i18n/language';
import { Confirm } from '../../ui/dialog';
import { ProblemNote } from '../../ui/problem';
import { Segmented } from '../../ui/segmented';
import { sharedWords } from '../../i18n/shared';
import { looksAgain } from './looks-again';
import { sayWithSeriesUndo } from './series-undo';
import { seriesWords } from './series-words';
import { sayWithUndo } from './taking-back';
import { bookingWords } from './words';

interface CancelAskProps {
  appointment: Pick<Appointment, 'id' | 'version' | 'usagerName' | 'safeContact' | 'series'>;
  onClose(): void;
  onDone(): void;
}

/** A real question, since the person will be told. */
export function CancelAsk({ appointment, onClose, onDone }: CancelAskProps) {
  const words = useWords(bookingWords);
  const shared = useWords(sharedWords);
  const series = useWords(seriesWords);
  const left = appointment.series ? appointment.series.of - appointment.series.nth : 0;
  const [which, setWhich] = useState<'this' | 'following'>('this');
  const [by, setBy] = useState<'usager' | 'agent'>('usager');
  const asked = (appointment.safeContact ? words.cancelSafely : words.cancelAsk)(appointment.usagerName);
  const cancelling = useMutation({
    mutationFn: () => {
      const path = `/appointments/${appointment.id}/${which === 'this' ? 'cancel' : 'cancel-following'}`;
      return send<CancelledFollowing | undefined>('POST', path, { by, version: appointment.version });
    },
    onSuccess: (following) => {
      looksAgain();
      if (following) {
        const { seriesId, count } = following;
        sayWithSeriesUndo(series.cancelledMany(count), seriesId, 'cancelled', { undo: shared.undo, words: series });
      } else
        sayWithUndo(words.cancelled, appointment.id, {
          what: 'cancelled',
          undo: shared.undo,
          undone: words.undone.cancelled,
        });
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
      {left > 0 && (
        <div className="which-ones">
          <Segmented
            label={series.whichOnes}
            value={which}
            onChange={setWhich}
            options={[
              { id: 'this', label: series.onlyThis },
              { id: 'following', label: series.following(left + 1) },
            ]}
          />
        </div>
      )}
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
