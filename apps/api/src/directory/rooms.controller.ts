import type { Viewer } from '@app/accounts';
import { Created, Id, Room, RoomBody } from '@app/contract';
import { Rooms, Retirement } from '@app/directory';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, answer, CurrentViewer, found, OnceKey, Roles } from '../http';

@ApiTags('directory')
@Controller('rooms')
export class RoomsController {
  constructor(
    @Inject(Rooms) private readonly rooms: Rooms,
    @Inject(Retirement) private readonly retirement: Retirement,
  ) {}

  @Post()
  @Roles('manager', 'administrator')
  @Answers(201, Created)
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: RoomBody }) body: RoomBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.rooms.create(viewer, body, once));
  }

  @Put(':id')
  @Roles('manager', 'administrator')
  @Answers(200, Room)
  async update(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RoomBody }) body: RoomBody,
  ): Promise<Room> {
    return found('room', id, await this.rooms.update(viewer, id, body));
  }

  /** Retires a room and its desks; refused while something holds it ahead. */
  @Delete(':id')
  @Roles('manager', 'administrator')
  @Answers(204)
  async retire(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('room', id, await this.retirement.retire(viewer, 'room', id));
  }
}
