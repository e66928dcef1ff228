import type { Instant, PlainTime } from '@app/time';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from './columns';

/** An address that receives the public. */
@Entity('site')
export class SiteEntity {
  @PrimaryColumn('uuid', { name: 'space_id' }) spaceId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text') address: string;
  @Column('text', { nullable: true }) phone: string | null;
  @Column('int') position: number;
  @Column('timestamptz', { name: 'retired_at', nullable: true, transformer: instantColumn }) retiredAt: Instant | null;
}

/** When a site receives, by ISO weekday. */
@Entity('site_opening')
export class SiteOpeningEntity {
  @PrimaryColumn('uuid', { name: 'space_id' }) spaceId: string;
  @PrimaryColumn('uuid', { name: 'site_id' }) siteId: string;
  @PrimaryColumn('smallint') weekday: number;
  @PrimaryColumn('time') opens: PlainTime;
  @Column('time') closes: PlainTime;
}
