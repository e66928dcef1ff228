// Loaded before anything else: a library that asks what time it is, is told.
const RealDate = Date;
let told = RealDate.now();

class ToldDate extends RealDate {
  constructor(...values: unknown[]) {
    super(...((values.length > 0 ? values : [told]) as [number]));
  }

  static override now(): number {
    return told;
  }
}

globalThis.Date = ToldDate as DateConstructor;

export function tellTheTime(iso: string): void {
  told = RealDate.parse(iso);
}
