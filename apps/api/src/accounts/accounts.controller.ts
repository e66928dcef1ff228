import { Accounts, PasswordReset, type Viewer } from '@app/accounts';
import { Account, AccountChange, Id, NewAccount, ResetLink } from '@app/contract';
import type { Once } from '@app/persistence';
import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { answer, CurrentViewer, notFound, OnceKey, Roles } from '../http';

const NewAccountMade = z.object({ id: Id, reset: ResetLink }).meta({ id: 'NewAccountMade' });

@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(PasswordReset) private readonly resets: PasswordReset,
  ) {}

  @Get()
  @Roles('manager', 'administrator')
  @ApiResponse({ status: 200, standardSchema: z.array(Account) })
  list(@CurrentViewer() viewer: Viewer): Promise<Account[]> {
    return this.accounts.list(viewer);
  }

  /** The link is made anew at each answer, so that no secret is kept with the Idempotency-Key. */
  @Post()
  @Roles('administrator')
  @ApiResponse({ status: 201, standardSchema: NewAccountMade })
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: NewAccount }) body: z.infer<typeof NewAccount>,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof NewAccountMade>> {
    const { id } = answer(await this.accounts.create(viewer, body, once));
    return { id, reset: await this.link(viewer, id) };
  }

  @Patch(':id')
  @Roles('administrator')
  @ApiResponse({ status: 200, standardSchema: Account })
  async change(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AccountChange }) body: z.infer<typeof AccountChange>,
  ): Promise<Account> {
    return answer((await this.accounts.change(viewer, id, body)) ?? notFound('account', id));
  }

  @Post(':id/reset-link')
  @Roles('administrator')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: ResetLink })
  link(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<z.infer<typeof ResetLink>> {
    return this.resets.linkFor(viewer, id).then((link) => link ?? notFound('account', id));
  }
}
