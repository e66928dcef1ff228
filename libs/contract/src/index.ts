export * from './common';
export * from './directory';
export { looksLikeNir } from './nir';
export * from './planning';
export * from './session';
