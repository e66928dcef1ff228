declare const brand: unique symbol;

/** A primitive that must come from its parser or constructor: a wall-clock time can't be passed where an instant is due. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };
