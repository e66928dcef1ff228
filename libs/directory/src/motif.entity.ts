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
  @Column('int') position: number;
  @Column('timestamptz', { name: 'retired_at', nullable: true, transformer: instantColumn }) retiredAt: Instant | null;
}
