/**
 * The architecture, bottom to top: a library may import only from the lines above its own in this list.
 * A listed library that does not exist yet binds nobody.
 */
module.exports = {
  ladder: [
    ['time'],
    ['contract'],
    ['recurrence', 'availability', 'resolution', 'persistence'],
    ['accounts'],
    ['directory'],
    ['rooms'],
    ['permanences'],
    ['booking'],
    ['front-desk', 'conflicts', 'calendars'],
    ['reminders'],
    ['waiting', 'self-service'],
    ['insight'],
  ],
  /** No framework, no Node core module, no input or output: they run in a browser as well. */
  pure: ['time', 'contract', 'recurrence', 'availability', 'resolution'],
  /** What the screens may share with the server. */
  sharedWithTheWeb: ['time', 'contract'],
  /** The only places that know the queue: the worker, and the api for its health check. */
  knowTheQueue: ['apps/worker/', 'apps/api/src/health/'],
};
