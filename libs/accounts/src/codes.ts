/** Whether a short code is among the first anyone would try: one digit repeated, or digits in a row. */
export function isEasyCode(code: string): boolean {
  const steps = new Set([...code].slice(1).map((digit, i) => Number(digit) - Number(code[i])));
  return steps.size === 1 && [0, 1, -1].some((step) => steps.has(step));
}
