import type { Viewer } from '@app/accounts';
import { AppointmentLink, Id, MessageLinks } from '@app/contract';
import { AppointmentLinks } from '@app/self-service';
import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentViewer, found, Roles } from '../http';

@ApiTags('self-service')
@Controller()
export class AppointmentLinksController {
  constructor(@Inject(AppointmentLinks) private readonly links: AppointmentLinks) {}

  /** A new short address for an appointment, to print on its slip: shown this once. */
  @Post('appointments/:id/link')
  @ApiResponse({ status: 201, standardSchema: AppointmentLink })
  async link(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<AppointmentLink> {
    return found('appointment', id, await this.links.linkFor(viewer, id));
  }

  /** Whether messages carry such an address. */
  @Get('message-links')
  @ApiResponse({ status: 200, standardSchema: MessageLinks })
  inMessages(@CurrentViewer() viewer: Viewer): Promise<MessageLinks> {
    return this.links.inMessages(viewer);
  }

  @Put('message-links')
  @Roles('manager', 'administrator')
  @ApiResponse({ status: 200, standardSchema: MessageLinks })
  allow(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: MessageLinks }) { allowed }: MessageLinks,
  ): Promise<MessageLinks> {
    return this.links.allowInMessages(viewer, allowed);
  }
}
