const { ladder, pure, sharedWithTheWeb, knowTheQueue } = require('./layers.cjs');

const libs = (names) => `^libs/(${names.join('|')})/`;
const FRAMEWORK = 'node_modules/(@nestjs/|typeorm|bullmq|ioredis|pg/|fastify|react)';
const QUEUE = 'node_modules/(bullmq|@nestjs/bullmq)';
// A file whose name has no suffix (`cancellation.ts`, not `booking.service.ts`) promises to be pure.
// Persistence is the database's own corner: there the promise would mean nothing.
const PLAIN_FILE = { path: '^libs/[^/]+/src/[^.]+\\.ts$', pathNot: ['/index\\.ts$', '^libs/persistence/'] };
const SPEC = '\\.spec\\.tsx?$';

const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

const looksDownOnly = ladder.flatMap((line, rung) =>
  line
    .map((lib) => ({ lib, forbidden: [...line.filter((other) => other !== lib), ...ladder.slice(rung + 1).flat()] }))
    .filter(({ forbidden }) => forbidden.length > 0)
    .map(({ lib, forbidden }) =>
      rule(`${lib}-looks-down-only`, { path: libs([lib]) }, { path: libs(forbidden) }, 'See the ladder in layers.cjs.'),
    ),
);

module.exports = {
  forbidden: [
    ...looksDownOnly,
    rule(
      'every-library-has-a-rung',
      { path: '^libs/', pathNot: libs(ladder.flat()) },
      {},
      'A new library is first given its place in config/layers.cjs.',
    ),
    rule('no-cycles', {}, { circular: true }, 'Two files that need each other are one file, or three.'),
    rule('nothing-unresolved', { pathNot: SPEC }, { couldNotResolve: true }, 'An import that leads nowhere.'),
    rule('libs-never-import-apps', { path: '^libs/' }, { path: '^apps/' }, 'Apps are thin and on top.'),
    rule(
      'apps-never-import-apps',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
      'What two apps share is a library.',
    ),
    rule(
      'through-the-front-door',
      { path: '^(apps|libs)/([^/]+)/' },
      { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: '^libs/$2/' },
      'Between libraries, import @app/<lib>: its index.ts says what it offers.',
    ),
    rule(
      'pure-libs-are-pure',
      { path: libs(pure), pathNot: SPEC },
      { dependencyTypes: ['core'] },
      'No file, no network, no process: they also run in a browser.',
    ),
    rule('pure-libs-have-no-framework', { path: libs(pure), pathNot: SPEC }, { path: FRAMEWORK }, 'Pure first.'),
    rule('no-suffix-no-framework', PLAIN_FILE, { path: FRAMEWORK }, 'A file that touches a framework says so.'),
    rule(
      'no-suffix-imports-no-suffixed',
      PLAIN_FILE,
      { path: '^libs/[^/]+/src/.+\\.(service|entity|module|query|guard|gateway)\\.ts$' },
      'Pure code does not reach for the database through a neighbour.',
    ),
    rule(
      'only-apps-know-the-queue',
      { path: '^(libs|apps)/', pathNot: `^(${knowTheQueue.join('|')})` },
      { path: QUEUE },
      'The truth is in tables; the queue only carries ids.',
    ),
    rule('only-apps-read-the-environment', { path: '^libs/' }, { path: '^config/' }, 'Libraries are told.'),
    rule(
      'the-web-shares-only-shapes-and-time',
      { path: '^apps/web/' },
      { path: '^(libs|config)/', pathNot: libs(sharedWithTheWeb) },
      'A browser talks to the server over HTTP.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
