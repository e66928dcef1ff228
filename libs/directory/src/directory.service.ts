import { contextOf, type Viewer } from '@app/accounts';
import type { Directory as Names } from '@app/contract';
import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { readDirectory } from './directory.query';

@Injectable()
export class Directory {
  constructor(private readonly database: Database) {}

  read(viewer: Viewer): Promise<Names> {
    return this.database.within(contextOf(viewer), (tx) => readDirectory(tx, viewer));
  }
}
