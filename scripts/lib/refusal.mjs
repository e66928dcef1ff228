/** A reason not to go on that the person can act upon: one sentence in French, the same in English. */
export class Refusal extends Error {
  constructor(fr, en) {
    super(fr);
    this.name = 'Refusal';
    this.fr = fr;
    this.en = en;
  }
}

/** Says why nothing more happens; an accident shows its stack, a refusal only its sentence. */
export function sayWhy(error) {
  if (error instanceof Refusal) console.error(`\n✗ ${error.fr}\n  ${error.en}\n`);
  else console.error(`\n✗ Palier s'est arrêté sur une erreur imprévue · an unexpected error stopped Palier\n`, error);
}
