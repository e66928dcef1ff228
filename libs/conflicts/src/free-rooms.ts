/** As many as one reads at a glance. */
const MOST = 5;

/** The rooms nothing of which is taken, the wanted one first, at most five. */
export function freeRooms(
  rooms: readonly { id: string; name: string; resources: readonly string[] }[],
  taken: readonly { resourceId: string }[],
  wantedId: string | null,
): { roomId: string; name: string }[] {
  const busy = new Set(taken.map(({ resourceId }) => resourceId));
  return rooms
    .filter(({ resources }) => resources.length > 0 && !resources.some((resource) => busy.has(resource)))
    .sort((a, b) => Number(b.id === wantedId) - Number(a.id === wantedId))
    .slice(0, MOST)
    .map(({ id, name }) => ({ roomId: id, name }));
}
