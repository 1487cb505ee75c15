// The assembled module, CLIENT, in a real browser, CHROMIUM, against a real socket server that says what the test wants.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test as whatever } from 'node:test';
import { WebSocketServer } from 'ws';
import { day } from './world.mjs';

const { CLIENT } = process.env;
const test = CLIENT ? whatever : whatever.skip;

/** Watches one day, tells the server each state, and of what it was told at the end. */
const PAGE = (options) => `<!doctype html><script type="module">
  import { connect } from '/client.js';
  const states = [];
  const live = connect(${JSON.stringify(options)});
  const watch = live.watchDay('v', '2026-11-28', { onstate: ({ state }) => states.push(state), onvalue: ({ version }) => {
    if (version === 9) fetch('/told', { method: 'POST', body: JSON.stringify(states) });
  } });
</script>`;
/** The page of the guide as it stands there; it tells what can be read on it. */
const GUIDE = `${/```html\n([^]*?)```/.exec(readFileSync(new URL('../../docs/client.md', import.meta.url), 'utf8'))[1]}
<script>
  setInterval(() => document.querySelector('li')
    && fetch('/told', { method: 'POST', body: JSON.stringify(document.body.innerText.trim()) }), 50);
</script>`;
const TWO = '<!doctype html><iframe src="/shared"></iframe><iframe src="/shared"></iframe>';

let server;
let sockets;
let told;
let browser;
let folder;

before(async () => {
  server = createServer((request, response) => {
    const pages = { '/alone': PAGE({}), '/shared': PAGE({ shared: '/client.js' }), '/two': TWO, '/guide': GUIDE };
    if (request.url.endsWith('/client.js')) response.setHeader('Content-Type', 'text/javascript').end(readFileSync(CLIENT));
    else if (request.url === '/told') request.on('data', (data) => told.push(JSON.parse(data))).on('end', () => response.end());
    else response.setHeader('Content-Type', 'text/html').end(pages[request.url] ?? '');
  });
  new WebSocketServer({ server, handleProtocols: () => 'lasttable.v1' }).on('connection', (socket) => {
    sockets.push(socket);
    socket.refs = [];
    socket.say = (frame) => socket.send(JSON.stringify(frame));
    socket.on('message', (data) => {
      const { op, ref, version } = JSON.parse(data);
      if (op !== 'watch') return;
      socket.refs.push(ref);
      socket.say(version ? { op: 'current', ref, version } : { ...day(5), ref });
    });
    socket.say({ op: 'hello', session: 's', pingIntervalMs: 25_000 });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});

after(async () => {
  await leave();
  server.close();
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

async function browse(path) {
  await leave();
  sockets = [];
  told = [];
  folder ??= mkdtempSync(join(tmpdir(), 'browser-'));
  const address = `http://127.0.0.1:${server.address().port}${path}`;
  browser = spawn(process.env.CHROMIUM ?? 'chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run',
    `--user-data-dir=${join(folder, path.slice(1))}`, address], { stdio: 'ignore' });
}

async function leave() {
  if (browser?.kill('SIGKILL')) await once(browser, 'exit');
  server.closeAllConnections();
}

async function until(what, isSo) {
  for (const end = Date.now() + 60_000; !isSo();) {
    assert.ok(Date.now() < end, `waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The replica says goodbye; returns the socket that comes next. */
async function goodbye(watchers) {
  const [old] = sockets;
  old.say({ op: 'bye', reconnectAfterMs: 50 });
  await until('the old socket is closed', () => old.readyState === 3);
  const next = sockets.at(-1);
  assert.equal(next.refs.length, watchers);
  next.refs.forEach((ref) => next.say({ ...day(9), ref }));
  await until('all have told', () => told.length === watchers);
  return next;
}

test('a page moves from one replica to the next without being stale', async () => {
  await browse('/alone');
  await until('the day is watched', () => sockets[0]?.refs.length === 1);
  await goodbye(1);
  assert.deepEqual([told, sockets.length], [[['live']], 2]);
});

test('the page of the guide shows what can be booked', async () => {
  await browse('/guide');
  await until('the day is watched', () => sockets[0]?.refs.length === 1);
  const soon = { time: '19:00', startsAt: '2099-11-28T18:00:00Z', left: { 2: 3 } };
  sockets[0].say({ ...day(6, soon, { ...soon, time: '20:00', startsAt: '2020-11-28T19:00:00Z' }), ref: sockets[0].refs[0] });
  await until('the page has told', () => told.length > 0);
  assert.match(told[0], /^Live\s+19:00, 3 left$/);
});

test('two pages share one connection, and move together', async () => {
  await browse('/two');
  await until('both watch', () => sockets[0]?.refs.length === 2);
  assert.equal(sockets.length, 1);
  await goodbye(2);
  assert.deepEqual([told, sockets.length], [[['live'], ['live']], 2]);
});
