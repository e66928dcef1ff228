import type { Contact } from '@app/contract';
import type { Instant, PlainTime } from '@app/time';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './columns';

/** The person served. */
@Entity('usager')
export class UsagerEntity {
  @PrimaryColumn('uuid', { name: 'space_id' }) spaceId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'first_name' }) firstName: string;
  @Column('text', { name: 'last_name' }) lastName: string;
  /** E.164 */
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text', { name: 'phone_kind', nullable: true }) phoneKind: 'mobile' | 'landline' | null;
  @Column('boolean', { name: 'phone_shared' }) phoneShared: boolean;
  @Column('text') language: string;
  @Column('smallint', { name: 'birth_year', nullable: true }) birthYear: number | null;
  @Column('text', { name: 'told_by' }) toldBy: 'sms' | 'call' | 'letter' | 'nobody';
  @Column('boolean') interpreter: boolean;
  @Column('text', { name: 'contact_name', nullable: true }) contactName: string | null;
  @Column('text', { name: 'contact_relation', nullable: true }) contactRelation: Contact['relation'] | null;
  /** E.164 */
  @Column('text', { name: 'contact_phone', nullable: true }) contactPhone: string | null;
  @Column('text', { name: 'contact_phone_kind', nullable: true }) contactPhoneKind: 'mobile' | 'landline' | null;
  @Column('boolean', { name: 'contact_told' }) contactTold: boolean;
  @Column('boolean', { name: 'safe_contact' }) safeContact: boolean;
  @Column('time', { name: 'safe_from', nullable: true }) safeFrom: PlainTime | null;
  @Column('time', { name: 'safe_until', nullable: true }) safeUntil: PlainTime | null;
  @Column('uuid', { name: 'sector_id', nullable: true }) sectorId: string | null;
  @Column('text') note: string;
  /** False while only a confidential service has met this person. */
  @Column('boolean', { name: 'known_to_desk' }) knownToDesk: boolean;
  @Column('int') version: number;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Instant;
}
