export { AnswerOffer, type OfferRefusal } from './answer-offer.service';
export { Invitations } from './invitations.service';
export type { ChooseRefusal, Invited } from './invited.query';
export { Messages } from './messages.service';
export { OfferFreedSlots } from './offer-freed-slots.service';
export { OfferPage, type OfferShown } from './offer-page.service';
export { type DueLink, SendLink } from './send-link.service';
export { WaitingList } from './waiting-list.service';
export { WaitingModule } from './waiting.module';
