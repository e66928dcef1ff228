import type { Viewer } from '@app/accounts';
import { Created, Id, OfficeLoan, OfficeLoanBody, Problem } from '@app/contract';
import type { Once } from '@app/persistence';
import { OfficeLoans } from '@app/rooms';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, answer, CurrentViewer, found, OnceKey } from '../http';

@ApiTags('rooms')
@Controller('office-loans')
export class OfficeLoansController {
  constructor(@Inject(OfficeLoans) private readonly loans: OfficeLoans) {}

  /** Offices that their residents or the desk have lent, those not over yet. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: z.array(OfficeLoan) })
  async all(@CurrentViewer() viewer: Viewer): Promise<OfficeLoan[]> {
    return this.loans.all(viewer);
  }

  /** Lends someone's own office for some hours: by one of its residents, or by the desk. */
  @Post()
  @Answers(201, Created)
  @ApiResponse({ status: 403, standardSchema: Problem })
  async lend(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: OfficeLoanBody }) body: OfficeLoanBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.loans.lend(viewer, body, once));
  }

  /** Lends it no more. Whoever took it meanwhile keeps it, and its resident has something to settle. */
  @Delete(':id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  @ApiResponse({ status: 404, standardSchema: Problem })
  async takeBack(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('office-loan', id, await this.loans.takeBack(viewer, id));
  }
}
