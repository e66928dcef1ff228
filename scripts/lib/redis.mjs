import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './ports.mjs';
import { eventually } from './processes.mjs';

/**
 * Starts a Redis of our own for the tests, in memory, on loopback and a free port: `{ url, stop() }`, or `null` when
 * this machine has neither `redis-server` nor `valkey-server`.
 */
export async function startTemporaryRedis() {
  const name = ['redis-server', 'valkey-server'].find((candidate) => spawnSync(candidate, ['--version']).status === 0);
  if (!name) return null;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'palier-redis-'));
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  // The shell waits on us: when we end, however we end, our side of the pipe closes and the server goes.
  const watch = '"$@" & server=$!; cat >/dev/null; kill -9 $server; rm -rf "$0"';
  const shell = spawn('/bin/sh', ['-c', watch, folder, name, ...settings], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.unref();
  shell.stdin.unref?.();
  const stop = async () => {
    shell.stdin.end();
    await eventually(() => shell.exitCode !== null, 5000);
  };
  if (await eventually(() => answers(port), 10_000)) return { url: `redis://127.0.0.1:${port}`, stop };
  await stop();
  throw new Error(`${name} did not answer on port ${port}`);
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(500, () => socket.destroy());
    socket.once('data', (data) => {
      resolve(String(data).startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}
