import { Module } from '@nestjs/common';
import { Absences } from './absences.service';
import { ChangeDate } from './change-date.service';
import { Closures } from './closures.service';
import { ExtendHorizon } from './extend-horizon.service';
import { PermanenceHistory } from './history.query';
import { PermanenceList } from './permanence-list.query';
import { PreviewPermanence } from './preview-permanence.service';
import { PublishPermanence } from './publish-permanence.service';
import { Proposals } from './proposals.service';
import { PublishSeveral } from './publish-several.service';
import { ReadPermanence } from './read-permanence.service';
import { SpaceCalendars } from './space-calendar.service';
import { SwapTurns } from './swap-turns.service';
import { WritePermanence } from './write-permanence.service';

const SERVICES = [
  WritePermanence,
  PublishPermanence,
  PublishSeveral,
  ChangeDate,
  SwapTurns,
  PreviewPermanence,
  PermanenceList,
  PermanenceHistory,
  ExtendHorizon,
  ReadPermanence,
  Proposals,
  Closures,
  Absences,
  SpaceCalendars,
];

/** Permanences written as rules, laid out as occurrences. */
@Module({ providers: SERVICES, exports: SERVICES })
export class PermanencesModule {}
