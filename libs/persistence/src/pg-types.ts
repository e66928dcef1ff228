import { types as pgTypes } from 'pg';

const TIMESTAMPTZ = 1184;
const TIMESTAMP = 1114;
const DATE = 1082;
const TIME = 1083;
const INT8 = 20;

/**
 * How PostgreSQL's times come back: an instant as epoch milliseconds, a local moment as 2027-01-04T09:30,
 * a date as 2027-01-04, a time as 09:30 — the product's own types, never a JavaScript Date.
 */
export const palierTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    switch (oid) {
      case TIMESTAMPTZ:
        return (text) => Date.parse(asIso(text));
      case TIMESTAMP:
        return (text) => text.replace(' ', 'T').slice(0, 16);
      case DATE:
        return (text) => text;
      case TIME:
        return (text) => text.slice(0, 5);
      case INT8:
        return Number;
      default:
        return pgTypes.getTypeParser(oid, format as 'text') as (value: string) => unknown;
    }
  },
};

/** "2027-01-04 08:40:00.5+00" → "2027-01-04T08:40:00.5+00:00" */
function asIso(text: string): string {
  const iso = text.replace(' ', 'T');
  return /[+-]\d\d$/.test(iso) ? `${iso}:00` : iso;
}
