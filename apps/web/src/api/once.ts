import { useRef } from 'react';
import { newKey, Refused, send } from './client';

/**
 * One key per submission: pressing again after a lost answer repeats the same request, so nothing is created twice;
 * once the server has answered, whatever it said, the next press is a new request.
 */
export function useOnce(): <Answer>(path: string, body: unknown) => Promise<Answer> {
  const open = useRef<{ key: string; content: string } | null>(null);
  return async <Answer>(path: string, body: unknown) => {
    const content = path + JSON.stringify(body);
    if (open.current?.content !== content) open.current = { key: newKey(), content };
    try {
      const answer = await send<Answer>('POST', path, body, open.current.key);
      open.current = null;
      return answer;
    } catch (error) {
      if (!(error instanceof Refused && error.unreachable)) open.current = null;
      throw error;
    }
  };
}
