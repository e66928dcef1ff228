import { FoundingService, Mailer, SignInService } from '@app/accounts';
import { Founding, Me } from '@app/contract';
import type { Environment } from '@config';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Logger,
  type OnApplicationBootstrap,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ENVIRONMENT } from '../environment.module';
import { Anyone, answer, type PalierRequest, RefusedError } from '../http';
import { deviceOf, keepSession } from '../http/workstation';
import { LiveScreens } from '../live/live.service';
import { isSetupCode, newSetupCode } from './setup-code';

const Setup = z
  .object({
    needed: z.boolean(),
    mail: z.boolean().meta({ description: 'Whether a forgotten password can be asked for by e-mail.' }),
  })
  .meta({ id: 'Setup' });

/** The first run: whoever installs the product founds its space, with a code only they have read. */
@ApiTags('setup')
@Anyone()
@Controller('setup')
export class SetupController implements OnApplicationBootstrap {
  private readonly code: string;

  constructor(
    @Inject(FoundingService) private readonly founding: FoundingService,
    @Inject(SignInService) private readonly signIn: SignInService,
    @Inject(LiveScreens) private readonly live: LiveScreens,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.code = environment.setupCode ?? newSetupCode();
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.environment.setupCode !== null || !(await this.founding.isNeeded())) return;
    new Logger('Setup').warn(`Code d’installation / setup code: ${this.code}`);
  }

  @Get()
  @ApiResponse({ status: 200, standardSchema: Setup })
  async state(): Promise<z.infer<typeof Setup>> {
    return { needed: await this.founding.isNeeded(), mail: this.mailer.sends };
  }

  @Post()
  @HttpCode(201)
  @ApiResponse({ status: 201, standardSchema: Me })
  async found(
    @Body({ schema: Founding }) { setupCode, ...body }: z.infer<typeof Founding>,
    @Req() request: PalierRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    if (!(await this.founding.isNeeded())) throw new RefusedError({ ok: false, why: 'already-founded' });
    if (!isSetupCode(setupCode, this.code)) throw new RefusedError({ ok: false, why: 'wrong-setup-code' });
    const { spaceId, accountId } = answer(await this.founding.found(body));
    const opened = await this.signIn.open({ spaceId, accountId }, deviceOf(request), { full: true });
    keepSession(reply, opened, this.environment.publicUrl);
    return this.live.welcome(opened.session);
  }
}
