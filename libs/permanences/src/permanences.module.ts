import { Module } from '@nestjs/common';
import { ChangeDate } from './change-date.service';
import { Closures } from './closures.service';
import { ExtendHorizon } from './extend-horizon.service';
import { PermanenceList } from './permanence-list.query';
import { PreviewPermanence } from './preview-permanence.service';
import { PublishPermanence } from './publish-permanence.service';
import { ReadPermanence } from './read-permanence.service';
import { SpaceCalendars } from './space-calendar.service';
import { WritePermanence } from './write-permanence.service';

const SERVICES = [
  WritePermanence,
  PublishPermanence,
  ChangeDate,
  PreviewPermanence,
  PermanenceList,
  ExtendHorizon,
  ReadPermanence,
  Closures,
  SpaceCalendars,
];

/** Permanences written as rules, laid out as occurrences. */
@Module({ providers: SERVICES, exports: SERVICES })
export class PermanencesModule {}
