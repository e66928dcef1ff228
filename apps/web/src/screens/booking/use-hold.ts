import type { Hold, Slot } from '@app/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { send } from '../../api/client';

export interface Holding {
  /** Seconds the slot is still kept; null while nothing is, 0 once it ran out. */
  left: number | null;
  /** Why it could not be kept: somebody else is faster, or the date changed. */
  refusal: unknown;
  /** Keeps it again. */
  again(): void;
  /** The hold's id, once the answer is there: a booking never overtakes its own hold. */
  ready(): Promise<string | undefined>;
  /** It became an appointment: there is nothing left to let go of. */
  used(): void;
  /** It is wanted no more: free for everybody at once. */
  letGo(): void;
}

/** Keeps a slot while somebody is written down, lets go of it on leaving. Booking works without it all the same. */
export function useHold({ occurrenceId, motifId, start, agentId }: Slot, interpreter = false): Holding {
  const [left, setLeft] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const asked = useRef<Promise<Hold | null>>(Promise.resolve(null));
  const isUsed = useRef(false);
  const forget = useRef<() => void>(() => undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn holds the same slot again.
  useEffect(() => {
    let isHere = true;
    let counting: ReturnType<typeof setInterval> | undefined;
    isUsed.current = false;
    setRefusal(null);
    const asking = send<Hold>('POST', '/holds', { occurrenceId, motifId, start, agentId, interpreter }).then(
      (hold) => {
        if (!isHere) return hold;
        const since = performance.now();
        const count = () => setLeft(Math.max(0, hold.seconds - Math.floor((performance.now() - since) / 1000)));
        count();
        counting = setInterval(count, 1000);
        return hold;
      },
      (error: unknown) => {
        if (isHere) setRefusal(error);
        return null;
      },
    );
    asked.current = asking;
    const leave = () => {
      isHere = false;
      clearInterval(counting);
      setLeft(null);
      if (isUsed.current) return;
      isUsed.current = true;
      asked.current = Promise.resolve(null);
      // Gone already when its three minutes are over: nothing to say.
      void asking.then((hold) => hold && send('DELETE', `/holds/${hold.id}`).catch(() => undefined));
    };
    forget.current = leave;
    return leave;
  }, [occurrenceId, motifId, start, agentId, interpreter, turn]);
  return {
    left,
    refusal,
    again: useCallback(() => setTurn((before) => before + 1), []),
    ready: useCallback(async () => (await asked.current)?.id, []),
    used: useCallback(() => {
      isUsed.current = true;
    }, []),
    letGo: useCallback(() => forget.current(), []),
  };
}
