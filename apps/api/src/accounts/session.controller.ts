import { type OpenSession, OwnAccount, SignInService } from '@app/accounts';
import { ChangePassword, Colleague, Me, SetCode, SignIn, Switch } from '@app/contract';
import type { Environment } from '@config';
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ENVIRONMENT } from '../environment.module';
import { Anyone, answer, CurrentSession, type PalierRequest } from '../http';
import { deviceOf, dropSession, keepSession } from '../http/workstation';
import { LiveScreens } from '../live/live.service';

@ApiTags('session')
@Controller('session')
export class SessionController {
  constructor(
    @Inject(LiveScreens) private readonly live: LiveScreens,
    @Inject(SignInService) private readonly signIn: SignInService,
    @Inject(OwnAccount) private readonly own: OwnAccount,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Post()
  @Anyone()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  async open(
    @Body({ schema: SignIn }) body: z.infer<typeof SignIn>,
    @Req() request: PalierRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    const opened = answer(await this.signIn.signIn(body, { address: request.ip, device: deviceOf(request) }));
    keepSession(reply, opened, this.environment.publicUrl);
    return this.live.welcome(opened.session);
  }

  @Get()
  @ApiResponse({ status: 200, standardSchema: Me })
  me(@CurrentSession() session: OpenSession): Promise<Me> {
    return this.live.welcome(session);
  }

  @Delete()
  @HttpCode(204)
  async close(@CurrentSession() session: OpenSession, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.signIn.signOut(session);
    dropSession(reply, this.environment.publicUrl);
  }

  @Get('colleagues')
  @Anyone()
  @ApiResponse({ status: 200, standardSchema: z.array(Colleague) })
  colleagues(@Req() request: PalierRequest): Promise<z.infer<typeof Colleague>[]> {
    return this.signIn.colleagues(deviceOf(request));
  }

  @Post('switch')
  @Anyone()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  async switchTo(
    @Body({ schema: Switch }) { accountId, code }: z.infer<typeof Switch>,
    @Req() request: PalierRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    const opened = answer(await this.signIn.switchTo(accountId, code, deviceOf(request)));
    keepSession(reply, opened, this.environment.publicUrl);
    return this.live.welcome(opened.session);
  }

  @Put('code')
  @HttpCode(204)
  async setCode(
    @CurrentSession() session: OpenSession,
    @Body({ schema: SetCode }) body: z.infer<typeof SetCode>,
  ): Promise<void> {
    answer(await this.own.setCode(session, body));
  }

  @Put('password')
  @HttpCode(204)
  async changePassword(
    @CurrentSession() session: OpenSession,
    @Body({ schema: ChangePassword }) body: z.infer<typeof ChangePassword>,
    @Req() request: PalierRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const opened = answer(await this.own.changePassword(session, deviceOf(request), body));
    keepSession(reply, opened, this.environment.publicUrl);
  }
}
