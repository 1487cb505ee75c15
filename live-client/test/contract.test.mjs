// The contract of the socket against the client: whatever the server may say, the client has a way to take it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { FRAMES } from '../src/connection.js';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const contract = read('../../notify-service/contract/asyncapi.yaml');
const between = (text, from, to) => text.split(from)[1].split(to)[0];
const sorted = (names) => [...new Set(names)].sort();

describe('the contract', () => {
  test('every frame that the server sends is taken', () => {
    const sent = between(contract, '  sendToClient:', '\ncomponents:').matchAll(/messages\/(\w+)'/g);
    assert.deepEqual(sorted(FRAMES), sorted([...sent].map(([, name]) => name)));
  });

  test('every error code of the server is a type', () => {
    const codes = between(between(contract, '\n    error:', '\n    feed:'), 'enum:', 'description:').matchAll(/- ([a-z-]+)/g);
    const types = between(read('../client.d.ts'), 'type ServerErrorCode =', ';').matchAll(/'([a-z-]+)'/g);
    assert.deepEqual(sorted([...types].map(([, code]) => code)), sorted([...codes].map(([, code]) => code)));
  });

  test('every error code of the client is a type', () => {
    const source = ['connection', 'days', 'live', 'stream', 'views', 'watch'].map((name) => read(`../src/${name}.js`)).join('');
    const thrown = [...source.matchAll(/new LiveError\('([a-z-]+)'/g)].map(([, code]) => code);
    const types = between(read('../client.d.ts'), 'type ClientErrorCode =', ';').matchAll(/'([a-z-]+)'/g);
    assert.deepEqual(sorted([...types].map(([, code]) => code)), sorted(thrown));
  });
});
