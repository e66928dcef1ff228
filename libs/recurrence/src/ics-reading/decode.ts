/**
 * The text of a calendar file, whatever wrote it: UTF-8 or UTF-16 with its mark, UTF-8 whose characters were cut in two by
 * folding, and the Western European bytes of old programs.
 */
export function decodeCalendar(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return inUtf8(bytes) ?? inUtf8(unfolded(bytes)) ?? new TextDecoder('windows-1252').decode(bytes);
}

function inUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const [TAB, LF, CR, SPACE] = [9, 10, 13, 32];

/** RFC 5545 §3.1: lines are folded between octets, perhaps in the middle of a character. */
function unfolded(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (byte === CR || byte === LF) {
      let next = i;
      while (bytes[next] === CR) next += 1;
      if (bytes[next] === LF) next += 1;
      if (next > i && (bytes[next] === SPACE || bytes[next] === TAB)) {
        i = next;
        continue;
      }
    }
    kept[length] = byte;
    length += 1;
  }
  return kept.subarray(0, length);
}
