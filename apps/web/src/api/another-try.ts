/**
 * Pure: whether what could not be read is asked for again: of a server out of reach (status 0) or in trouble for a moment,
 * else the screen would go on showing what was before the news. One that refuses has answered.
 */
export function isWorthAnotherTry(times: number, status: number): boolean {
  return times < 2 && (status === 0 || status >= 500);
}
