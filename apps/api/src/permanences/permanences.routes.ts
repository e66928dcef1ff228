import { PermanencesModule } from '@app/permanences';
import { Module } from '@nestjs/common';
import { PermanencesController } from './permanences.controller';

/** Permanences over HTTP. */
@Module({ imports: [PermanencesModule], controllers: [PermanencesController] })
export class PermanencesRoutes {}
