import { SHARED_NAME } from './trunk.js';

/**
 * Sockets that the tabs of a browser share: a SharedWorker holds the connection (trunk.js), each tab has a port to it. Nothing else of
 * the client knows. Where there are no shared workers or locks, or the script cannot be run as one, a tab has its own socket.
 */
export function sharedSockets(script, { WebSocket, SharedWorker, locks }) {
  if (!SharedWorker || !locks) return WebSocket;
  let isBroken = false;

  return class SharedSocket {
    readyState = 0;

    constructor(url, protocols) {
      if (isBroken) return new WebSocket(url, protocols);
      const worker = new SharedWorker(script, { type: 'module', name: SHARED_NAME });
      worker.onerror = () => this.fail();
      this.port = worker.port;
      this.port.onmessage = ({ data }) => this.hear(data);
      this.hold(url, protocols);
    }

    /** The lock tells the worker that this tab is there: a tab that crashes says nothing, but lets go of it. */
    async hold(url, protocols) {
      const lock = `lasttable-${crypto.randomUUID()}`;
      const held = new Promise((resolve) => { this.letGo = resolve; });
      locks.request(lock, () => (this.port.postMessage({ url, protocols, lock }), held)).catch(() => this.fail());
    }

    hear({ isHere, text, code }) {
      if (isHere) this.isServed = true;
      if (text !== undefined) {
        this.readyState = 1; // the first is `hello`
        this.onmessage?.({ data: text });
      }
      if (code !== undefined) this.end(code);
    }

    send(text) {
      this.port.postMessage({ text });
    }

    close() {
      if (!this.isServed) isBroken = true;
      this.port.postMessage({ leaves: true });
      this.end(1000);
    }

    fail() {
      isBroken = true;
      this.end(1006);
    }

    end(code) {
      if (this.readyState === 3) return;
      this.readyState = 3;
      this.letGo?.();
      this.port.close();
      this.onclose?.({ code });
    }
  };
}
