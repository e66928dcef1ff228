// npm test. This file keeps to words every Node understands, so that an old one can say that it is too old.
const has = process.versions.node.split('.').map(Number);

if (has[0] < 20 || (has[0] === 20 && has[1] < 19)) {
  console.error(`\n✗ Palier demande Node 20.19 ou plus récent ; celui-ci est ${process.versions.node}.`);
  console.error(`  Palier needs Node 20.19 or later; this one is ${process.versions.node}.\n`);
  process.exit(1);
} else {
  void import('./lib/checks.mjs').then((checks) => checks.run());
}
