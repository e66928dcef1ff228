import type { Viewer } from '@app/accounts';
import { Created, Id, Agent, AgentBody } from '@app/contract';
import { Agents, Retirement } from '@app/directory';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, answer, CurrentViewer, found, OnceKey, Roles } from '../http';

@ApiTags('directory')
@Controller('agents')
export class AgentsController {
  constructor(
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Retirement) private readonly retirement: Retirement,
  ) {}

  @Post()
  @Roles('partner-editor', 'manager', 'administrator')
  @Answers(201, Created)
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: AgentBody }) body: AgentBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.agents.create(viewer, body, once));
  }

  @Put(':id')
  @Roles('partner-editor', 'manager', 'administrator')
  @Answers(200, Agent)
  async update(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AgentBody }) body: AgentBody,
  ): Promise<Agent> {
    return found('agent', id, await this.agents.update(viewer, id, body));
  }

  /** Retires an agent; refused while expected somewhere. */
  @Delete(':id')
  @Roles('partner-editor', 'manager', 'administrator')
  @Answers(204)
  async retire(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('agent', id, await this.retirement.retire(viewer, 'agent', id));
  }
}
