// Watches over a temporary server: when the process that asked for it ends, however it ends, the server stops and its
// folder goes. node keeper.mjs PID CLUSTER-FOLDER FOLDER-TO-REMOVE; our standard input closes when the asker dies.
import fs from 'node:fs';
import { isPostmasterOf } from '../embedded-postgres.mjs';
import { eventually, isAlive } from './processes.mjs';

const [pid, cluster, folder] = [Number(process.argv[2]), process.argv[3], process.argv[4]];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.stdin.resume();
process.stdin.on('error', () => end());
process.stdin.once('close', () => end());

async function end() {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL']) {
    if (!isPostmasterOf(pid, cluster)) break;
    process.kill(pid, signal);
    if (await eventually(() => !isAlive(pid), 5000)) break;
  }
  fs.rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
