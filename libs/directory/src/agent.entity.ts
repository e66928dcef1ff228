import type { Instant } from '@app/time';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './columns';

/** Someone who receives usagers. */
@Entity('agent')
export class AgentEntity {
  @PrimaryColumn('uuid', { name: 'space_id' }) spaceId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'partner_id' }) partnerId: string;
  @Column('text') name: string;
  @Column('text') profession: string;
  @Column('text', { array: true }) languages: string[];
  @Column('text', { array: true }) skills: string[];
  @Column('int') position: number;
  @Column('timestamptz', { name: 'retired_at', nullable: true, transformer: instantColumn }) retiredAt: Instant | null;
}
