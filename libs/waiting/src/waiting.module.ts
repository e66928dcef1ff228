import { BookingModule } from '@app/booking';
import { RemindersModule } from '@app/reminders';
import { type DynamicModule, Module } from '@nestjs/common';
import { AnswerOffer } from './answer-offer.service';
import { Invitations } from './invitations.service';
import { LINKS_ADDRESS } from './links-address';
import { Messages } from './messages.service';
import { OfferFreedSlots } from './offer-freed-slots.service';
import { OfferPage } from './offer-page.service';
import { SendLink } from './send-link.service';
import { UndoWaiting } from './undo-waiting.service';
import { WaitingList } from './waiting-list.service';

export interface WaitingOptions {
  /** The address people type, without a trailing slash. */
  publicUrl: string;
}

const SERVICES = [AnswerOffer, Invitations, Messages, OfferFreedSlots, OfferPage, SendLink, UndoWaiting, WaitingList];

/** Those who wait, what is proposed to them when it becomes free, and those who choose by themselves. */
@Module({})
export class WaitingModule {
  static forRoot({ publicUrl }: WaitingOptions): DynamicModule {
    return {
      module: WaitingModule,
      global: true,
      imports: [BookingModule, RemindersModule],
      providers: [...SERVICES, { provide: LINKS_ADDRESS, useValue: publicUrl }],
      exports: SERVICES,
    };
  }
}
