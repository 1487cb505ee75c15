// `#lasttable=<id>.<manageToken>`: one's own booking, in what a browser sends to nobody, and not in the address for long.

import * as api from '../common/api.js';
import * as calls from '../guest/calls.js';
import { persistently } from '../common/dom.js';
import { keep } from '../guest/mine.js';

/** Asked about until an answer has come, whatever the site does with its widgets meanwhile. @param explain says why it is not there, or nothing once it is */
export async function openLink(explain) {
  const [, id, manageToken] = /^#lasttable=([0-9a-f-]{36})\.(.+)$/.exec(location.hash) ?? [];
  if (!id) return;
  history.replaceState(history.state, '', location.pathname + location.search); // the site's own state stays
  await persistently(async () => {
    try {
      const found = await calls.byLink(id, manageToken);
      keep('table', { ...found, manageToken }, await api.venue(found.venueId));
      explain('');
    } catch (refusal) {
      if (refusal.isOpen || refusal.status === 429) throw refusal;
      explain(refusal.message);
    }
  }, ({ message }) => explain(message));
}
