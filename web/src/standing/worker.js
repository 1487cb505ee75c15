// Keeps the host's screen itself, not what it shows: so it opens without a network, and goes on reading what the tab has kept.
// What is kept is of one build, whole. Whatever the network answers in time goes first.

const LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'];
const PARTS = ['boot.js', 'host.js', 'tables.js', 'take.js', 'floor.js', 'blocks.js', 'about.js', 'style.css', 'host.css', 'floor.css', 'icon.svg'];
const HERE = new URL('./', self.location.href);
const OURS = `lasttable ${HERE.pathname} `;
const KEPT = `${OURS}{build}`;
const LATE = 5_000; // milliseconds

const at = (path) => new URL(path, HERE).href;
const FOLDER = at('./{build}/');
const PAGE = at('./staff.html');
const CHANGING = [PAGE, at('./settings.json'), at('/v1/live/client.js')];
const FILES = [...CHANGING, ...PARTS.map((name) => `${FOLDER}common/${name}`),
  ...['common', 'host', 'floor'].flatMap((room) => LANGUAGES.map((language) => `${FOLDER}${room}/words/${language}.js`))];

addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES)));
});

addEventListener('activate', (event) => {
  const others = (names) => names.filter((name) => name.startsWith(OURS) && name !== KEPT);
  event.waitUntil(caches.keys().then((names) => Promise.all(others(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const address = request.url.split('?')[0];
  if (request.method !== 'GET') return;
  if (address.startsWith(FOLDER)) event.respondWith(found(address).then((kept) => kept ?? fetch(request)));
  else if (CHANGING.includes(address)) event.respondWith(inTime(request, address));
});

const found = (address) => caches.open(KEPT).then((cache) => cache.match(address));

async function inTime(request, address) {
  const kept = await found(address);
  if (!kept) return fetch(request);
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), LATE));
  const fresh = fetch(request).then((answer) => (answer.status >= 500 ? kept : answer), () => kept);
  return Promise.race([fresh, late]);
}
