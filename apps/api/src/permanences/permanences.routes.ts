import { PermanencesModule } from '@app/permanences';
import { Module } from '@nestjs/common';
import { PermanencesController } from './permanences.controller';
import { ProposalsController, PublicationApprovalController } from './proposals.controller';

/** Permanences over HTTP. */
@Module({
  imports: [PermanencesModule],
  controllers: [PermanencesController, ProposalsController, PublicationApprovalController],
})
export class PermanencesRoutes {}
