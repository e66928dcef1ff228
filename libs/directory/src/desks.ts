export interface Desk {
  id: string;
  label: string;
}

export interface DeskChanges {
  kept: { id: string; label: string; position: number }[];
  added: { label: string; position: number }[];
  removed: Desk[];
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** What a new list of labels does to the desks of a room: a label keeps its desk, whatever its place and capitals. */
export function deskChanges(desks: readonly Desk[], labels: readonly string[]): DeskChanges {
  const changes: DeskChanges = {
    kept: [],
    added: [],
    removed: desks.filter((desk) => !labels.some((label) => same(label, desk.label))),
  };
  labels.forEach((label, position) => {
    const desk = desks.find((one) => same(one.label, label));
    if (desk) changes.kept.push({ id: desk.id, label, position });
    else changes.added.push({ label, position });
  });
  return changes;
}

export function hasTwins(labels: readonly string[]): boolean {
  return labels.some((label, index) => labels.some((other, place) => place < index && same(label, other)));
}
