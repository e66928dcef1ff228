export * from './common';
export * from './directory';
export * from './planning';
export * from './session';
