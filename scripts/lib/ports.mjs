import net from 'node:net';

/** A port nobody listens on at this moment, on loopback. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Why nobody can listen there: `null` when one can, else the system's code such as `EADDRINUSE`. */
export const whyNotListen = (host, port) =>
  new Promise((resolve) => {
    const probe = net.createServer().once('error', (error) => resolve(error.code ?? 'EUNKNOWN'));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)));
  });
