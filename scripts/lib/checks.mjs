import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { readJson } from './data-folder.mjs';
import { ensureDependencies } from './install.mjs';
import { PROJECT } from './project.mjs';
import { sayWhy } from './refusal.mjs';

const bin = (...parts) => path.join(PROJECT, 'node_modules', ...parts);
const BIOME = bin('@biomejs/biome/bin/biome');
const TSC = bin('typescript/bin/tsc');

/** What needs neither server nor browser, the longest first; each counts as one test. */
const READINGS = [
  ['build', ['scripts/build.mjs']],
  ['types', [TSC, '--noEmit', '-p', 'tsconfig.json']],
  ['types of the screens', [TSC, '--noEmit', '-p', 'apps/web/tsconfig.json']],
  [
    'boundaries',
    [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', 'config/depcruise.cjs', 'apps', 'libs', 'config'],
  ],
  ['format', [BIOME, 'format', '--max-diagnostics=20', '.']],
  ['lint', [BIOME, 'lint', '--max-diagnostics=50', '.']],
];
const AT_ONCE = 2;

/** Checks everything, says it, and ends the process; the last line is `N passed, N failed`. */
export async function run() {
  const total = { passed: 0, failed: 0 };
  const count = ({ passed, failed }) => {
    total.passed += passed;
    total.failed += failed;
  };
  try {
    ensureDependencies();
    await readings(count);
    count(await tests('unit'));
    count(await tests('integration'));
    count(await tests('e2e', { prepare: ensureBrowser }));
  } catch (error) {
    sayWhy(error);
    total.failed += 1;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** Some at a time, as each leaves a core idle. */
async function readings(count) {
  const left = [...READINGS];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) count(await reading(...next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function reading(name, words) {
  const { code, output } = await runNode(words);
  if (code !== 0) console.log(output);
  return said(name, code === 0);
}

/** Runs one kind of tests; a kind without any test, or a file that does not load, is a failure. */
async function tests(kind, { prepare = () => {} } = {}) {
  console.log(`\n— ${kind}`);
  try {
    prepare();
  } catch (error) {
    sayWhy(error);
    return said(kind, false);
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'palier-results-'));
  const file = path.join(folder, 'results.json');
  const jest = [
    ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', bin('jest/bin/jest.js')],
    ...['--config', 'config/jest.config.mjs', '--selectProjects', kind, '--json', '--outputFile', file],
  ];
  await runNode(jest, { stdio: ['ignore', 'ignore', 'inherit'] });
  const results = readJson(file);
  fs.rmSync(folder, { recursive: true, force: true });
  if (!results || results.numTotalTests === 0) return said(`${kind}: aucun test n’a tourné (no test ran)`, false);
  if (results.numPendingTests > 0) console.log(`! ${results.numPendingTests} sautés (skipped)`);
  return { passed: results.numPassedTests, failed: results.numFailedTests + results.numRuntimeErrorTestSuites };
}

function runNode(words, { stdio = ['ignore', 'pipe', 'pipe'] } = {}) {
  const child = spawn(process.execPath, words, { cwd: PROJECT, stdio });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      output += data;
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function said(name, ok) {
  console.log(`${ok ? '✓' : '✗'} ${name}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}
