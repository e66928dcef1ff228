import type { Instant } from '@app/time';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './columns';

/** A room that can be held by one thing at a time. */
@Entity('room')
export class RoomEntity {
  @PrimaryColumn('uuid', { name: 'space_id' }) spaceId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'site_id' }) siteId: string;
  @Column('text') name: string;
  @Column('text') floor: string;
  @Column('int') capacity: number;
  @Column('boolean') accessible: boolean;
  @Column('text', { array: true }) equipment: string[];
  @Column('uuid', { name: 'resident_partner_id', nullable: true }) residentPartnerId: string | null;
  @Column('int') position: number;
  @Column('timestamptz', { name: 'retired_at', nullable: true, transformer: instantColumn }) retiredAt: Instant | null;
}

/** Who sits in a room when it is someone's office. */
@Entity('room_resident')
export class RoomResidentEntity {
  @PrimaryColumn('uuid', { name: 'space_id' }) spaceId: string;
  @PrimaryColumn('uuid', { name: 'room_id' }) roomId: string;
  @PrimaryColumn('uuid', { name: 'agent_id' }) agentId: string;
}

/** A desk of a shared office, a self-service station: held without holding the room. */
@Entity('workstation')
export class WorkstationEntity {
  @PrimaryColumn('uuid', { name: 'space_id' }) spaceId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'room_id' }) roomId: string;
  @Column('text') label: string;
  @Column('int') position: number;
  @Column('timestamptz', { name: 'retired_at', nullable: true, transformer: instantColumn }) retiredAt: Instant | null;
}
