import type { Instant } from '@app/time';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './columns';

/** An organisation under the roof. */
@Entity('partner')
export class PartnerEntity {
  @PrimaryColumn('uuid', { name: 'space_id' }) spaceId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text', { name: 'short_name' }) shortName: string;
  @Column('text') mark: string;
  @Column('smallint') hue: number;
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text') description: string;
  @Column('text') audience: string;
  @Column('boolean') confidential: boolean;
  @Column('boolean', { name: 'on_public_page' }) onPublicPage: boolean;
  @Column('int') position: number;
  @Column('timestamptz', { name: 'retired_at', nullable: true, transformer: instantColumn }) retiredAt: Instant | null;
}
