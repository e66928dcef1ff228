import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Anyone } from '../http';
import { Health, type Readiness } from './health.service';

@ApiExcludeController()
@Anyone()
@Controller('health')
export class HealthController {
  constructor(@Inject(Health) private readonly health: Health) {}

  /** The process answers. */
  @Get('live')
  @Header('cache-control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 when requests can be served; 503 says which part is missing. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: 'ok' | 'not-ready' } & Readiness> {
    const readiness = await this.health.readiness();
    const isReady = Object.values(readiness).every(Boolean);
    reply.status(isReady ? 200 : 503);
    return { status: isReady ? 'ok' : 'not-ready', ...readiness };
  }
}
