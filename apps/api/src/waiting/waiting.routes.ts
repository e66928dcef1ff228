import { Module } from '@nestjs/common';
import { LinkPagesController } from './link-pages.controller';
import { WaitingController } from './waiting.controller';

/** The waiting list and invitations: for the desk, and for whoever holds a link. */
@Module({ controllers: [WaitingController, LinkPagesController] })
export class WaitingRoutes {}
