export default async function globalTeardown() {
  const servers = globalThis.palierServers;
  delete globalThis.palierServers;
  await servers?.stop();
}
