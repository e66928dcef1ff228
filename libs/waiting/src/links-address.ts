/** The token of the address that short links begin with, without a trailing slash: `@Inject(LINKS_ADDRESS) address: string`. */
export const LINKS_ADDRESS = Symbol('links-address');
