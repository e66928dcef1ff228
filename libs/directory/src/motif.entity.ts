import type { Instant } from '@app/time';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './columns';

/** What a person may come for. */
@Entity('motif')
export class MotifEntity {
  @PrimaryColumn('uuid', { name: 'space_id' }) spaceId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'partner_id' }) partnerId: string;
  @Column('text') label: string;
  @Column('text', { name: 'discreet_label' }) discreetLabel: string;
  @Column('int', { name: 'duration_minutes' }) durationMinutes: number;
  @Column('text') booked: 'here' | 'own-number' | 'walk-in';
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text') audience: string;
  @Column('boolean') confidential: boolean;
  @Column('boolean', { name: 'names_service' }) namesService: boolean;
  @Column('text', { array: true }) synonyms: string[];
  @Column('boolean') urgent: boolean;
  @Column('smallint', { name: 'min_age', nullable: true }) minAge: number | null;
  @Column('smallint', { name: 'max_age', nullable: true }) maxAge: number | null;
  @Column('text', { array: true }) communes: string[];
  @Column('text') step: 'accueil' | 'evaluation' | 'accompagnement';
  @Column('text') meeting: 'any' | 'first' | 'follow-up';
  @Column('text', { array: true }) modes: ('on-site' | 'phone' | 'home' | 'video')[];
  @Column('smallint', { name: 'pause_before' }) pauseBefore: number;
  @Column('smallint', { name: 'pause_after' }) pauseAfter: number;
  @Column('smallint', { name: 'turn_minutes', nullable: true }) turnMinutes: number | null;
  @Column('smallint', { name: 'agents_needed' }) agentsNeeded: number;
  @Column('text', { array: true }) skills: string[];
  @Column('text', { array: true }) equipment: string[];
  @Column('smallint') people: number;
  @Column('boolean', { name: 'public_booking' }) publicBooking: boolean;
  @Column('smallint', { name: 'public_notice_hours' }) publicNoticeHours: number;
  @Column('smallint', { name: 'public_horizon_days' }) publicHorizonDays: number;
  @Column('boolean', { name: 'public_code' }) publicCode: boolean;
  @Column('int') position: number;
  @Column('timestamptz', { name: 'retired_at', nullable: true, transformer: instantColumn }) retiredAt: Instant | null;
}
