// The package as the build has left it in PACKAGE, the module that is served in CLIENT; packed and installed by npm as a product team would.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test as whatever } from 'node:test';
import { fileURLToPath } from 'node:url';

const { PACKAGE, CLIENT } = process.env;
const test = PACKAGE ? whatever : whatever.skip;
const here = dirname(fileURLToPath(import.meta.url));
const installed = mkdtempSync(join(tmpdir(), 'package-'));
const run = (program, ...options) => execFileSync(program, options, { cwd: installed, encoding: 'utf8' });
const inPackage = (file) => readFileSync(join(installed, 'node_modules/@lasttable/live', file), 'utf8');

before(() => {
  if (!PACKAGE) return;
  const packed = run('npm', 'pack', PACKAGE, '--silent').trim();
  run('npm', 'install', '--offline', '--no-audit', '--no-fund', '--silent', `./${packed}`);
});

after(() => rmSync(installed, { recursive: true, force: true }));

test('holds the file that is served, under its version', () => {
  assert.equal(inPackage('client.js'), readFileSync(CLIENT, 'utf8'));
  const said = run('node', '--input-type=module', '-e', "import { version } from '@lasttable/live'; console.log(version)");
  assert.equal(said.trim(), JSON.parse(inPackage('package.json')).version);
});

test('is installed without any dependency', () => {
  const { packages } = JSON.parse(run('npm', 'ls', '--all', '--json', '--long=false').replace('"dependencies"', '"packages"'));
  assert.deepEqual(Object.keys(packages), ['@lasttable/live']);
});

test('has types that fit what frontends write', () => {
  for (const name of ['react', '@types']) symlinkSync(join(here, '../node_modules', name), join(installed, 'node_modules', name));
  for (const name of ['client.types.ts', 'tsconfig.json']) copyFileSync(join(here, name), join(installed, name));
  run('node', join(here, '../node_modules/typescript/bin/tsc'), '-p', '.');
});

test('has hooks that find the client', () => {
  const said = run('node', '--input-type=module', '-e',
    "import { LiveProvider, useDay } from '@lasttable/live/react'; console.log(typeof LiveProvider, typeof useDay)");
  assert.equal(said.trim(), 'function function');
});
