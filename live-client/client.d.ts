/// <reference lib="esnext.disposable" />

/** A moment as milliseconds since 1970, like `Date.now()`. */
export type Milliseconds = number;

/**
 * `connecting` until the first answer, `live`, `delayed` while the server says that it hears of changes late, `offline` between
 * two attempts, `closed` for good. A summary: what can be trusted is said by each watch.
 */
export type ConnectionState = 'connecting' | 'live' | 'delayed' | 'offline' | 'closed';

/**
 * - `connecting`: nothing is known yet.
 * - `live`: `value` is the newest state; the server has confirmed it on this connection and was heard from within its ping
 *   interval and 5 s (30 s unless configured otherwise).
 * - `stale`: there is a `value`, and it may be old; `StaleReason` says why.
 * - `ended`: stopped, or refused by the server; `error` says why.
 */
export type WatchState = 'connecting' | 'live' | 'stale' | 'ended';

/** `lost`: the connection is lost, in doubt, or has not confirmed the value yet. `delayed`: the server hears of changes late. */
export type StaleReason = 'lost' | 'delayed';

export interface Slot {
  /** Venue-local start, `HH:mm`. */
  time: string;
  /** The instant, ISO 8601 UTC. */
  startsAt: string;
  /** The venue's same-day cut-off, ISO 8601 UTC, where one is before the start: from then on nobody books it, and nothing is left. */
  closesAt?: string;
  /** Tables (or combinations) left by party size; an absent size means none. */
  left: Record<string, number>;
}

export interface Day {
  venueId: string;
  /** Service date, `yyyy-MM-dd`; a service past midnight belongs to the date on which it began. */
  date: string;
  /** Only rises, unless the day starts over (`News.restarted`). */
  version: number;
  /** ISO 8601 duration: slots nearer than that are no longer offered. */
  minNotice: string;
  slots: Slot[];
}

/** A reservation after a change; no personal data. */
export interface Reservation {
  kind: 'reservation';
  id: string;
  venueId: string;
  date: string;
  time: string;
  startsAt: string;
  endsAt: string;
  partySize: number;
  tables: string[];
  area?: string;
  status: 'held' | 'confirmed' | 'cancelled' | 'expired' | 'seated' | 'finished' | 'no-show';
  guestRef?: string;
  channel?: string;
  version: number;
  dayVersion: number;
  /** Of a hold. */
  expiresAt?: string;
  /** Of a move or a change: what differs, as it was; of a move date and time in any case. */
  previous?: { date?: string; time?: string; startsAt?: string; endsAt?: string; partySize?: number; tables?: string[]; area?: string; personal?: string[] };
}

/** A waitlist entry after a change; no personal data. */
export interface WaitlistEntry {
  kind: 'waitlist';
  id: string;
  venueId: string;
  date: string;
  from: string;
  to: string;
  partySize: number;
  status: 'waiting' | 'offered' | 'accepted' | 'declined' | 'expired' | 'withdrawn';
  guestRef?: string;
  version: number;
  /** While `offered`: the hold made for this entry. */
  offer?: { reservationId: string; time: string; startsAt: string; expiresAt: string };
}

/** Codes of the socket's contract. The watch goes on after `not-yet-known` and `missed-changes`. */
export type ServerErrorCode =
  | 'unknown-venue' | 'unknown-day' | 'unknown-reservation' | 'not-yet-known' | 'missed-changes' | 'duplicate-ref' | 'unknown-ref'
  | 'too-many-watches' | 'unauthorized' | 'forbidden' | 'token-invalid' | 'token-expired';

/** Codes of this module; docs/client.md says what each means. */
export type ClientErrorCode =
  | 'bad-frame' | 'no-connection' | 'no-websocket' | 'token-unavailable' | 'token-rejected' | 'stopped' | 'closed';

/** Those that are known, and what a later server may add. */
export type ErrorCode = ServerErrorCode | ClientErrorCode | (string & {});

export class LiveError extends Error {
  constructor(code: ErrorCode, message: string, options?: ErrorOptions);
  readonly code: ErrorCode;
  /** Of one day among those of `watchDays`. */
  readonly date?: string;
}

/** What is said beside a value. */
export interface News {
  /** The versions begin anew, lower than before, as after a database was restored: what was known is of another past. */
  restarted: boolean;
}

export interface StateChange {
  state: WatchState;
  /** When the state began; of `stale`, when the server was last heard from. */
  since: Milliseconds;
  /** Of `stale` only. */
  reason?: StaleReason;
}

export interface Handlers<T> {
  /** A newer state: its version is higher than that of every one before it, unless `restarted`. */
  onvalue?: ((value: T, news: News) => void) | undefined;
  onstate?: ((change: StateChange) => void) | undefined;
  /** An error of this watch. Without this handler it goes to the connection's `onerror`. */
  onerror?: ((error: LiveError) => void) | undefined;
}

export type Listener<T> = Handlers<T> | Exclude<Handlers<T>['onvalue'], undefined>;

/** A loop over a watch gets the value that is there and every newer one; who is slow gets the newest (of each reservation). */
export interface Watch<T> extends AsyncIterable<T>, Disposable {
  /** The newest state delivered, undefined before the first. */
  readonly value: T | undefined;
  readonly state: WatchState;
  readonly since: Milliseconds;
  /** Why it is not live. */
  readonly reason: StaleReason | undefined;
  /** The last error, undefined when there was none. */
  readonly error: LiveError | undefined;
  /** Fulfilled with the value once it is live, rejected with a `LiveError` when the watch ends before. */
  readonly ready: Promise<T>;
  /** Final: no handler is called any more. */
  stop(): void;
}

export interface DaysWatch extends Omit<Watch<Day>, 'value' | 'ready'> {
  readonly value: ReadonlyMap<string, Day>;
  readonly ready: Promise<ReadonlyMap<string, Day>>;
}

export interface WatchOptions {
  /** Stops the watch when aborted. */
  signal?: AbortSignal | undefined;
}

export interface DayOptions extends WatchOptions {
  /** A day that the caller has already, such as from an earlier visit: only what is newer is sent. */
  known?: Day | undefined;
}

export type Token = string | (() => string | Promise<string>);

export interface Live extends Disposable {
  readonly state: ConnectionState;
  /** Fulfilled once there is a connection, rejected with a `LiveError` when it is closed before. */
  readonly ready: Promise<void>;
  onstate?: ((state: ConnectionState) => void) | undefined;
  /** What no watch takes: frames that make no sense, tokens that cannot be had. `console.warn` when not set. */
  onerror?: ((error: LiveError) => void) | undefined;
  /** Watches one service date of a venue. */
  watchDay(venueId: string, date: string, handlers?: Listener<Day>, options?: DayOptions): Watch<Day>;
  /**
   * Watches several service dates of a venue, such as a month, as one: as sure as the least sure of them. `onvalue` gets each
   * newer day; the watch's value is a map by date, a new one each time. A day that is refused is left out, and `error.date` says
   * which; the watch ends when none is left.
   */
  watchDays(venueId: string, dates: Iterable<string>, handlers?: Listener<Day>, options?: WatchOptions): DaysWatch;
  /**
   * Watches one reservation or waitlist entry with its `watchToken`. A function is asked at every connect, and again when
   * the server says that the token has expired.
   */
  watchReservation<T extends Reservation | WaitlistEntry = Reservation | WaitlistEntry>(
    token: Token, handlers?: Listener<T>, options?: WatchOptions): Watch<T>;
  /**
   * Watches every change at a venue; the connection needs a `token` with the scope `reservations:read`. There is no first
   * state (so `ready` is fulfilled with undefined, or with a change): read the list over REST each time this becomes `live`,
   * and keep the higher `version` of each `id`.
   */
  watchVenue(venueId: string, handlers?: Listener<Reservation | WaitlistEntry>, options?: WatchOptions):
    Watch<Reservation | WaitlistEntry>;
  /** Connects anew, with a token asked for anew, such as after a sign-in; what is watched stays live meanwhile. */
  reconnect(): void;
  /** Final: no handler is called any more, and no timer, listener or socket is left. */
  close(): void;
}

export interface Options {
  /** The address that serves `/v1/live`; default: the page's origin. Needed in Node. */
  url?: string | URL | undefined;
  /** Bearer token, for staff. A function is asked before every attempt, and so renews a token that has expired. */
  token?: Token | undefined;
  /**
   * The address of this module, `/v1/live/client.js` or a copy, on the page's own origin: the tabs of a browser then share one
   * connection, held by a SharedWorker. Where there is none, each has its own, as without this option.
   */
  shared?: string | URL | undefined;
  /** Closes the connection when aborted. */
  signal?: AbortSignal | undefined;
  /** Default: the platform's. Node 20 has none: pass that of the package `ws`, or have days alone, as server-sent events. */
  WebSocket?: (new (url: string, protocols: string[]) => unknown) | undefined;
  /** Default: the platform's. Used for server-sent events where no socket can be opened. */
  fetch?: typeof fetch | undefined;
  /** For tests. */
  window?: unknown;
  /** For tests. */
  clock?: { setTimeout(run: () => void, ms: number): unknown; clearTimeout(id: any): void };
  /** For tests. */
  now?: () => Milliseconds;
  /** For tests. */
  random?: () => number;
}

/** Of this module, the one in its address: `/v1/live/client-<version>.js`. */
export const version: string;

/** Opens the live connection and keeps it open. Throws a TypeError when `url` is missing outside a page. */
export function connect(options?: Options): Live;

/** Slots that can still be booked at `now` (default: this moment): not begun, not inside the venue's notice, not past its same-day cut-off. */
export function bookable(day: Day, now?: Milliseconds): Slot[];

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds. Throws a TypeError on anything else. */
export function durationMs(duration?: string): Milliseconds;

/** The day after a `day` or `change` frame; undefined when a change does not follow on `day`. Throws on a malformed frame. */
export function apply(day: Day | undefined, frame: object): Day | undefined;
