import { ALLOWANCE, Outbox } from './outbox.js';
import { PROBE } from './pulse.js';
import { Timers } from './timers.js';

export const SHARED_NAME = 'lasttable-live'; // of the worker, so that no other takes this for its own script

/** The worker's side of shared.js: one socket for all tabs that ask for the same address with the same token. */
export function serveTabs(scope) {
  const trunks = new Map();
  scope.onconnect = ({ ports: [port] }) => {
    let tab;
    port.onmessage = ({ data }) => {
      if (data.url) tab = trunkTo(data, trunks, scope).join(port, data.lock);
      else if (data.leaves) tab?.leave();
      else tab?.send(data.text);
    };
    port.postMessage({ isHere: true });
  };
}

if (globalThis.SharedWorkerGlobalScope && globalThis.name === SHARED_NAME) serveTabs(globalThis);

/** One that goes, or that a tab has given up, gets no more tabs: who comes opens the next. */
function trunkTo({ url, protocols }, trunks, scope) {
  const name = [url, ...protocols].join(' ');
  if (!trunks.get(name)?.isOpenToMore) trunks.set(name, new Trunk(url, protocols, scope));
  return trunks.get(name);
}

class Trunk {
  isOpenToMore = true;
  tabs = new Map();
  next = 1;

  constructor(url, protocols, scope) {
    this.scope = scope;
    this.timers = new Timers(scope);
    this.socket = new scope.WebSocket(url, protocols);
    this.outbox = new Outbox(this.socket, this.timers, () => Date.now(), ALLOWANCE);
    this.socket.onmessage = ({ data }) => this.hear(data);
    this.socket.onclose = ({ code }) => this.end(code);
    this.socket.onerror = () => {}; // a close follows
  }

  join(port, lock) {
    const tab = new Tab(this, port, String(this.next++));
    this.tabs.set(tab.name, tab);
    for (const text of [this.hello, this.feed]) if (text) port.postMessage({ text });
    this.scope.navigator.locks.request(lock, () => tab.leave());
    return tab;
  }

  /** A frame with a ref goes to the tab that has given it, any other to all. */
  hear(text) {
    const frame = parsed(text);
    if (frame?.op === 'hello') this.hello = text;
    if (frame?.op === 'feed') this.feed = text;
    if (frame?.op === 'bye') this.isOpenToMore = false;
    if (frame?.ref === undefined) return this.tell({ text });
    const dot = frame.ref.indexOf('.');
    this.tabs.get(frame.ref.slice(0, dot))?.hear({ ...frame, ref: frame.ref.slice(dot + 1) });
    return undefined;
  }

  tell(message) {
    for (const { port } of this.tabs.values()) port.postMessage(message);
  }

  leave(tab) {
    this.tabs.delete(tab.name);
    if (tab.isWaiting || !this.hello) this.isOpenToMore = false; // it had waited in vain
    if (this.tabs.size === 0) this.end();
  }

  end(code) {
    this.isOpenToMore = false;
    this.timers.clearAll();
    if (code === undefined) this.socket.close();
    else this.tell({ code });
    this.tabs.clear();
  }
}

/** One socket of one tab, whose refs are its own. */
class Tab {
  refs = new Set();

  constructor(trunk, port, name) {
    Object.assign(this, { trunk, port, name });
  }

  send(text) {
    const frame = JSON.parse(text);
    const sent = { ...frame, ref: `${this.name}.${frame.ref}` };
    if (frame.ref === PROBE) {
      this.isWaiting = true;
      return this.trunk.outbox.sendAtOnce(sent);
    }
    if (frame.op === 'unwatch') this.refs.delete(frame.ref);
    else this.refs.add(frame.ref);
    return this.trunk.outbox.send(sent);
  }

  hear(frame) {
    this.isWaiting = false;
    this.port.postMessage({ text: JSON.stringify(frame) });
  }

  /** By its own wish, or because its tab is gone. */
  leave() {
    if (!this.trunk.tabs.has(this.name)) return;
    for (const ref of this.refs) this.trunk.outbox.send({ op: 'unwatch', ref: `${this.name}.${ref}` });
    this.trunk.leave(this);
    this.port.close();
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the tabs will say so
  }
}
