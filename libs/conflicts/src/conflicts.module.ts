import { Module } from '@nestjs/common';
import { ConflictList } from './conflict-list.query';
import { SettleConflict } from './settle-conflict.service';

/** What cannot hold as it stands, and its settling. */
@Module({ providers: [ConflictList, SettleConflict], exports: [ConflictList, SettleConflict] })
export class ConflictsModule {}
