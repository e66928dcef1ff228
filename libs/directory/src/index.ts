export { ensureResources, type ResourceKind } from './resources.query';
