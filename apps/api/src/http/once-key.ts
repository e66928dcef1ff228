import { createHash } from 'node:crypto';
import type { Once } from '@app/persistence';
import { createParamDecorator } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { RefusedError } from './answer';
import { type PalierRequest, requestOf } from './request';

const HEADER = 'idempotency-key';

/**
 * `@OnceKey() once: Once | null` — what the header Idempotency-Key says, with the hash of what was asked, so that a key
 * used again for something else is refused. @throws RefusedError outside 8 to 200 printable characters.
 */
export const OnceKey = createParamDecorator<unknown, Once | null>(
  (_: unknown, context) => onceOf(requestOf(context)),
  [
    (target, name) => {
      const method = name === undefined ? undefined : Object.getOwnPropertyDescriptor(target, name);
      if (name === undefined || !method) return;
      ApiHeader({
        name: 'Idempotency-Key',
        required: false,
        description:
          'Chosen by the caller, 8 to 200 characters: the same key and request are done once and answered alike.',
      })(target, name, method);
    },
  ],
);

export function onceOf(request: Pick<PalierRequest, 'headers' | 'method' | 'url' | 'body'>): Once | null {
  const given = request.headers[HEADER];
  if (given === undefined) return null;
  const key = String(given);
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) throw new RefusedError({ ok: false, why: 'bad-once-key' });
  const asked = [request.method, request.url, JSON.stringify(request.body ?? null)].join('\n');
  return { key, requestHash: createHash('sha256').update(asked).digest() };
}
