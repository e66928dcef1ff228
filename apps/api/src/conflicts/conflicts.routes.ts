import { ConflictsModule } from '@app/conflicts';
import { Module } from '@nestjs/common';
import { ConflictsController } from './conflicts.controller';

/** What is to settle, over HTTP. */
@Module({ imports: [ConflictsModule], controllers: [ConflictsController] })
export class ConflictsRoutes {}
