// Starts the page that the document names. Its modules come from two servers, and one that is away for a moment is no reason for a page
// that says "Connecting" for ever: it says so, and starts anew once it answers. What the guest has asked for is in the address and in storage.

import { $, persistently } from './dom.js';
import { speak, t } from './words.js';

const LIVE_CLIENT = '/v1/live/client.js';
const AGAIN = 5_000; // between two starts, so that a page that cannot start is no burden

async function answers() {
  const answer = await fetch(LIVE_CLIENT, { cache: 'no-store' });
  if (!answer.ok) throw new Error(`${LIVE_CLIENT}: ${answer.status}`);
}

function say(state) {
  $('connection').dataset.state = 'offline';
  $('connection').textContent = t(state);
  $('message').textContent = t('trying');
}

try {
  await import(`./${document.body.dataset.page}.js`);
} catch (failure) {
  console.error(failure);
  await speak();
  say('ended');
  await new Promise((resolve) => setTimeout(resolve, AGAIN));
  await persistently(answers, () => say('ended'));
  location.reload();
}
