// "9 h – 10 h 30" with its no-break spaces, "09:00–10:30": a dash alone lets a line break after it.
const HOURS = /(\d{1,2}(?:\u00a0h(?:\u00a0\d{2})?|:\d{2})\u00a0?–\u00a0?\d{1,2}(?:\u00a0h(?:\u00a0\d{2})?|:\d{2}))/;

/** A rule's words with their hours kept on one line. */
export function Unbroken({ children }: { children: string }) {
  const [before, hours, ...after] = children.split(HOURS);
  return (
    <>
      {before}
      {hours && <span className="nb">{hours}</span>}
      {after.join('')}
    </>
  );
}
