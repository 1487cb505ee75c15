// Lasttable live client: an ES module without dependencies, for browsers and Node. Guide: docs/client.md.
//
//   const live = connect();
//   const watch = live.watchDay('chez-nous', '2026-11-28', { onvalue: draw, onstate: ({ state, since }) => show(state) });
//
// Live keeps connections open, each Watch knows what it has, and a source (a Subscription of a Connection, or a DayStream) feeds it.
//   - Versions that a watch delivers only rise, unless the server says that the day starts over. A source's `base` is what the
//     server's frames on it build on, a watch's `value` what was delivered: a replica that lags advances `base` and delivers nothing.
//   - `live` is said only of a watch that the server has confirmed on a connection that was heard from lately and whose replica
//     hears of changes itself. Scripts do not see the server's pings, so after a silent ping interval the client asks (an
//     `unwatch` of a ref that never existed is answered by an error and changes nothing) and gives ANSWER_MS for it.
//   - A connection that is to go (`bye`, a new token, `reconnect()`) feeds its watches until the next one has confirmed each.
//   - A frame that cannot be understood may have been a change: the connection is made anew, with back-off.
//   - Where no socket can be opened, days come as server-sent events, read with fetch (an EventSource would hide pings and
//     status codes); the socket is tried again all the while.
import './trunk.js';

export { apply, bookable, durationMs } from './day.js';
export { LiveError } from './errors.js';
export { connect } from './live.js';
export { version } from './version.js';
