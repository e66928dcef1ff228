export { ChangeDate, type ChangeDateRefusal } from './change-date.service';
export { ExtendHorizon } from './extend-horizon.service';
export { PermanenceList } from './permanence-list.query';
export { PermanencesModule } from './permanences.module';
export { PreviewPermanence, type PreviewRefusal } from './preview-permanence.service';
export { PublishPermanence, type PublishRefusal } from './publish-permanence.service';
export { WritePermanence, type WriteRefusal } from './write-permanence.service';
