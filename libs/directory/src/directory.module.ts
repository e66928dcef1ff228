import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgentEntity } from './agent.entity';
import { Agents } from './agents.service';
import { Directory } from './directory.service';
import { MotifEntity } from './motif.entity';
import { MergeUsagers } from './merge-usagers.service';
import { Motifs } from './motifs.service';
import { PartnerEntity } from './partner.entity';
import { Partners } from './partners.service';
import { Retirement } from './retirement.service';
import { RoomEntity, RoomResidentEntity, WorkstationEntity } from './room.entity';
import { Rooms } from './rooms.service';
import { Sectors } from './sectors.service';
import { SiteEntity, SiteOpeningEntity } from './site.entity';
import { Sites } from './sites.service';
import { UsagerEntity } from './usager.entity';
import { Usagers } from './usagers.service';

const SERVICES = [Directory, Sites, Rooms, Partners, Agents, Motifs, Retirement, Usagers, MergeUsagers, Sectors];
const ENTITIES = [
  SiteEntity,
  SiteOpeningEntity,
  RoomEntity,
  RoomResidentEntity,
  WorkstationEntity,
  PartnerEntity,
  AgentEntity,
  MotifEntity,
  UsagerEntity,
];

/** Sites, rooms, partners, agents, motifs and the people served. */
@Module({ imports: [TypeOrmModule.forFeature(ENTITIES)], providers: SERVICES, exports: SERVICES })
export class DirectoryModule {}
