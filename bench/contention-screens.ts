import { randomUUID } from 'node:crypto';
import type { Answered, Desk, OpenOffer, Slot } from './contention-desk';
import type { Served } from './served';

/** The commands as screens send them, and as the page behind a short link does. */
export function httpDesk(served: Served): Desk {
  const ask = async (method: string, url: string, body?: unknown, key: string = randomUUID()): Promise<Answered> => {
    const headers = { 'idempotency-key': key };
    const { status, body: text } = await served.ask(
      method,
      `/api/${url}`,
      body === undefined ? undefined : JSON.stringify(body),
      headers,
    );
    const value = text ? JSON.parse(text) : null;
    if (status < 300) return { ok: true, value };
    return { ok: false, why: value.why, title: value.title ?? '', alternatives: value.alternatives };
  };
  const answerByLink = async (token: string, reponse: 'oui' | 'non'): Promise<Answered> => {
    const { status, body } = await served.ask('POST', `/o/${token}`, JSON.stringify({ reponse }));
    if (status === 303) return { ok: true };
    const [, words = ''] = /role="alert">([^<]+)</.exec(body) ?? [];
    return { ok: false, why: status === 409 ? 'offer-over' : `link ${status}`, title: words };
  };
  const answer = ({ id, token }: OpenOffer, says: 'accept' | 'decline') =>
    token ? answerByLink(token, says === 'accept' ? 'oui' : 'non') : ask('POST', `offers/${id}/${says}`);
  const slotOf = ({ occurrenceId, motifId, start, agentId }: Slot) => ({ occurrenceId, motifId, start, agentId });
  return {
    book: ({ usagerId, holdId, ...wanted }, key) =>
      ask('POST', 'appointments', { ...slotOf(wanted), usagerId, holdId }, key),
    hold: (wanted) => ask('POST', 'holds', slotOf(wanted)),
    letGo: (id) => ask('DELETE', `holds/${id}`),
    move: ({ id, version }, { occurrenceId, start, agentId }) =>
      ask('POST', `appointments/${id}/move`, { occurrenceId, start, agentId, version }),
    cancel: ({ id, version }) => ask('POST', `appointments/${id}/cancel`, { by: 'usager', version }),
    undo: (id) => ask('POST', `appointments/${id}/undo`),
    room: (wanted) => ask('POST', 'room-bookings', { ...wanted, title: 'Réunion' }),
    leaveRoom: (id) => ask('DELETE', `room-bookings/${id}`),
    give: ({ occurrenceId, motifId, start, agentId }) =>
      ask('POST', `occurrences/${occurrenceId}/given-seats`, { motifId, start, agentId }),
    takeBack: (id) => ask('DELETE', `given-seats/${id}`),
    apart: (wanted, key) => ask('POST', 'appointments/alone', wanted, key),
    moveApart: ({ id, version }, wanted) => ask('POST', `appointments/${id}/move-alone`, { ...wanted, version }),
    wait: (wish) => ask('POST', 'waiting', wish),
    leaveList: (id) => ask('DELETE', `waiting/${id}`),
    accept: (offer) => answer(offer, 'accept'),
    decline: (offer) => answer(offer, 'decline'),
  };
}
