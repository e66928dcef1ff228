import { hash, verify } from '@node-rs/argon2';

// OWASP's password storage cheat sheet: argon2id (the library's default variant), 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let nobodys: Promise<string> | null = null;

/** What is kept of a password or a short code. */
export function passwordHash(secret: string): Promise<string> {
  return hash(secret, COST);
}

/** Whether this is the secret. Without anything to compare with it works as long, then says no. */
export async function isPassword(secret: string, kept: string | null | undefined): Promise<boolean> {
  nobodys ??= passwordHash('nobody');
  const right = await verify(kept ?? (await nobodys), secret);
  return right && kept != null;
}
