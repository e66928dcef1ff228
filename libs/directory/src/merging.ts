import type { MergedField } from '@app/contract';

/** What two records of one person may say differently. */
export interface Mergeable {
  firstName: string;
  lastName: string;
  phone: string | null;
  phoneKind: 'mobile' | 'landline' | null;
  phoneShared: boolean;
  language: string;
  interpreter: boolean;
  birthYear: number | null;
  toldBy: 'sms' | 'call' | 'letter' | 'nobody';
  contactName: string | null;
  contactRelation: string | null;
  contactPhone: string | null;
  contactPhoneKind: 'mobile' | 'landline' | null;
  contactTold: boolean;
  safeContact: boolean;
  safeFrom: string | null;
  safeUntil: string | null;
  sectorId: string | null;
  note: string;
}

/** The columns of each field, the first of which says whether it holds anything. */
const COLUMNS: Record<MergedField, readonly [keyof Mergeable, ...(keyof Mergeable)[]]> = {
  firstName: ['firstName'],
  lastName: ['lastName'],
  phone: ['phone', 'phoneKind', 'phoneShared'],
  language: ['language'],
  birthYear: ['birthYear'],
  toldBy: ['toldBy'],
  contact: ['contactName', 'contactRelation', 'contactPhone', 'contactPhoneKind', 'contactTold'],
  sectorId: ['sectorId'],
  note: ['note'],
};
const FIELDS = Object.keys(COLUMNS) as MergedField[];

/** Fields that both records hold, and not alike: someone chooses. */
export function differing(kept: Mergeable, other: Mergeable): MergedField[] {
  return FIELDS.filter((field) => {
    const [first] = COLUMNS[field];
    return holds(kept[first]) && holds(other[first]) && kept[first] !== other[first];
  });
}

/**
 * The columns of the one record made of two: its own where it holds something, the other's where it does not or where
 * they are taken. What protects a person is kept from whichever says it.
 */
export function merged<Row extends Mergeable>(kept: Row, other: Row, take: readonly MergedField[]): Mergeable {
  const result: Mergeable = onlyMergeable(kept);
  for (const field of FIELDS) {
    const columns = COLUMNS[field];
    if (take.includes(field) ? holds(other[columns[0]]) : !holds(kept[columns[0]]))
      Object.assign(result, Object.fromEntries(columns.map((column) => [column, other[column]])));
  }
  if (kept.toldBy === 'nobody' || other.toldBy === 'nobody') result.toldBy = 'nobody';
  if (other.safeContact && !kept.safeContact)
    Object.assign(result, { safeContact: true, safeFrom: other.safeFrom, safeUntil: other.safeUntil });
  result.interpreter = kept.interpreter || other.interpreter;
  // One number known as shared is shared.
  if (result.phone !== null && kept.phone === other.phone) result.phoneShared = kept.phoneShared || other.phoneShared;
  return result;
}

const holds = (value: unknown): boolean => value !== null && value !== '';

function onlyMergeable(row: Mergeable): Mergeable {
  const columns = [...FIELDS.flatMap((field) => COLUMNS[field]), ...PROTECTING];
  return Object.fromEntries(columns.map((column) => [column, row[column]])) as unknown as Mergeable;
}

const PROTECTING = ['interpreter', 'safeContact', 'safeFrom', 'safeUntil'] as const;
