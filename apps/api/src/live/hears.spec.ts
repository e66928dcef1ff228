import { describe, expect, it } from '@jest/globals';
import { hears, isAfter, readPlace, writePlace } from './hears';

const space = { id: 'chevilly' };
const desk = { role: 'desk', partnerId: null, space } as const;
const parquetEditor = { role: 'partner-editor', partnerId: 'parquet', space } as const;
const about = (partner_id: string | null, confidential = false, space_id = 'chevilly') => ({
  space_id,
  partner_id,
  confidential,
});

describe('who hears of what', () => {
  it('the desk hears of every partner, save what is confidential', () => {
    expect(hears(desk, about('parquet'))).toBe(true);
    expect(hears(desk, about(null))).toBe(true);
    expect(hears(desk, about('staff-social-worker', true))).toBe(false);
  });

  it('a partner hears of itself, confidential or not, and of nobody else', () => {
    expect(hears(parquetEditor, about('parquet', true))).toBe(true);
    expect(hears(parquetEditor, about('mission-locale'))).toBe(false);
    expect(hears(parquetEditor, about(null))).toBe(false);
  });

  it('a desk agent who works for a confidential service hears of it too', () => {
    expect(hears({ role: 'desk', partnerId: 'staff-social-worker', space }, about('staff-social-worker', true))).toBe(
      true,
    );
  });

  it('nobody hears of another space', () => {
    expect(hears(desk, about('parquet', false, 'fresnes'))).toBe(false);
    expect(hears(parquetEditor, about('parquet', false, 'fresnes'))).toBe(false);
  });
});

describe('where a screen stopped listening', () => {
  it('is read back as it was written, beyond what a JavaScript number holds', () => {
    const place = { xid: 18_446_744_073_709_551_000n, id: 7n };
    expect(readPlace(writePlace(place))).toEqual(place);
  });

  it('is unknown when it is none of ours', () => {
    for (const text of [undefined, '', '12', '1-2-3', 'x-y', '-1-2']) expect(readPlace(text)).toBeNull();
  });

  it('ids that committed out of order are ordered by their transaction first', () => {
    expect(isAfter({ xid: 10n, id: 3n }, { xid: 9n, id: 8n })).toBe(true);
    expect(isAfter({ xid: 9n, id: 8n }, { xid: 9n, id: 8n })).toBe(false);
  });
});
