export { Anyone, Roles } from './access';
export { Answers } from './answers';
export { answer, found, InvalidInput, NotFoundError, notFound, RefusedError } from './answer';
export { cookieOptions, FORM_COOKIE } from './cookies';
export { OnceKey } from './once-key';
export { languageOf, problemOf } from './problem';
export { CurrentSession, CurrentViewer, type PalierRequest } from './request';
