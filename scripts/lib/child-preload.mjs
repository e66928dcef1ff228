// Loaded first in every process the supervisor starts: when the supervisor dies, however it dies, the channel closes
// and the process stops as if it had been asked to.
const PATIENCE_MS = 10_000;

process.on('disconnect', () => {
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// The channel alone does not keep a finished process alive.
process.channel?.unref();
