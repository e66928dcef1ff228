import type { Viewer } from '@app/accounts';
import { Created, Id, Problem, Room, RoomBody } from '@app/contract';
import { Rooms, Retirement } from '@app/directory';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { answer, CurrentViewer, found, OnceKey, Roles } from '../http';

@ApiTags('directory')
@Controller('rooms')
export class RoomsController {
  constructor(
    @Inject(Rooms) private readonly rooms: Rooms,
    @Inject(Retirement) private readonly retirement: Retirement,
  ) {}

  @Post()
  @Roles('manager', 'administrator')
  @ApiResponse({ status: 201, standardSchema: Created })
  @ApiResponse({ status: 409, standardSchema: Problem })
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: RoomBody }) body: RoomBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.rooms.create(viewer, body, once));
  }

  @Put(':id')
  @Roles('manager', 'administrator')
  @ApiResponse({ status: 200, standardSchema: Room })
  @ApiResponse({ status: 409, standardSchema: Problem })
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
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  @ApiResponse({ status: 409, standardSchema: Problem })
  async retire(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('room', id, await this.retirement.retire(viewer, 'room', id));
  }
}
