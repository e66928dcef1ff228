import { describe, expect, it } from '@jest/globals';
import { MessagesQuery } from './messages';

describe('a page of messages', () => {
  const asks = (before: string) => MessagesQuery.safeParse({ before }).success;
  const ID = '6d1cdc4e-fe4b-4f54-8659-f78ea5cb57d8';

  it('begins where the page before said', () => {
    expect(asks(`1798966800000_${ID}`)).toBe(true);
  });

  it('does not begin at a moment that no calendar writes', () => {
    expect(asks(`999999999999999_${ID}`)).toBe(false);
    expect(asks(`-1_${ID}`)).toBe(false);
    expect(asks('1798966800000')).toBe(false);
  });
});
