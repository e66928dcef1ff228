import { PasswordReset } from '@app/accounts';
import { AskReset, UseReset } from '@app/contract';
import { Body, Controller, HttpCode, Inject, Logger, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Anyone, answer, type PalierRequest } from '../http';

@ApiTags('session')
@Anyone()
@Controller('password-reset')
export class PasswordResetController {
  private readonly logger = new Logger('PasswordReset');

  constructor(@Inject(PasswordReset) private readonly resets: PasswordReset) {}

  /** Always 204, at once: neither the answer nor its delay says whether the e-mail is an account's. */
  @Post('ask')
  @HttpCode(204)
  ask(@Body({ schema: AskReset }) { email }: z.infer<typeof AskReset>, @Req() request: PalierRequest): void {
    this.resets.ask(email, request.ip).catch((error) => {
      // The mail server's complaint may quote the address: only its code is kept.
      this.logger.error(`The letter could not be sent (${(error as { code?: string }).code ?? 'unknown reason'}).`);
    });
  }

  @Post('use')
  @HttpCode(204)
  async use(
    @Body({ schema: UseReset }) { token, password }: z.infer<typeof UseReset>,
    @Req() request: PalierRequest,
  ): Promise<void> {
    answer(await this.resets.use(token, password, request.ip));
  }
}
