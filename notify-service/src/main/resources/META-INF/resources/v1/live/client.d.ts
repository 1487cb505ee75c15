/** A moment as milliseconds since 1970, like `Date.now()`. */
export type Milliseconds = number;

/**
 * `connecting` until the first answer, `live`, `offline` between two attempts, `closed` for good. A summary: what can be
 * trusted is said by each watch.
 */
export type ConnectionState = 'connecting' | 'live' | 'offline' | 'closed';

/**
 * - `connecting`: nothing is known yet.
 * - `live`: `value` is the newest state; the server has confirmed it on this connection and was heard from within its ping
 *   interval and 5 s (30 s unless configured otherwise).
 * - `stale`: there is a `value`, and it may be old: the connection is lost or in doubt, or a replica lags.
 * - `ended`: stopped, or refused by the server; `error` says why.
 */
export type WatchState = 'connecting' | 'live' | 'stale' | 'ended';

export interface Slot {
  /** Venue-local start, `HH:mm`. */
  time: string;
  /** The instant, ISO 8601 UTC. */
  startsAt: string;
  /** Tables (or combinations) left by party size; an absent size means none. */
  left: Record<string, number>;
}

export interface Day {
  venueId: string;
  /** Service date, `yyyy-MM-dd`; a service past midnight belongs to the date on which it began. */
  date: string;
  /** Only rises. */
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
  /** Of a move: where it was. */
  previous?: { date: string; time: string };
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

/**
 * `code` is the server's (such as `unknown-venue`, `not-yet-known`, `token-expired`, `forbidden`) or the client's own:
 * `bad-frame`, `no-connection`, `token-unavailable`, `token-rejected`.
 */
export interface LiveError {
  code: string;
  message: string;
}

export interface Handlers<T> {
  /** A newer state: its version is higher than that of every one before it. */
  onvalue?(value: T): void;
  /** `since`: when the state began; of `stale`, when the server was last heard from. */
  onstate?(change: { state: WatchState; since: Milliseconds }): void;
  /** An error of this watch. Without this handler it goes to the connection's `onerror`. */
  onerror?(error: LiveError): void;
}

export interface Watch<T> {
  /** The newest state delivered, undefined before the first. */
  readonly value: T | undefined;
  readonly state: WatchState;
  readonly since: Milliseconds;
  /** The last error, undefined when there was none. */
  readonly error?: LiveError;
  /** Final: no handler is called any more. */
  stop(): void;
}

export interface Live {
  readonly state: ConnectionState;
  onstate?: (state: ConnectionState) => void;
  /** What no watch takes: frames that make no sense, tokens that cannot be had. `console.warn` when not set. */
  onerror?: (error: LiveError) => void;
  /**
   * Watches one service date of a venue.
   * @param options.known a day that the caller has already, such as from an earlier visit: only what is newer is sent
   */
  watchDay(venueId: string, date: string, handlers: Handlers<Day> | ((day: Day) => void), options?: { known?: Day }): Watch<Day>;
  /**
   * Watches one reservation or waitlist entry with its `watchToken`. A function is asked at every connect, and again when
   * the server says that the token has expired.
   */
  watchReservation<T extends Reservation | WaitlistEntry = Reservation | WaitlistEntry>(
    token: string | (() => string | Promise<string>), handlers: Handlers<T> | ((value: T) => void)): Watch<T>;
  /**
   * Watches every change at a venue; the connection needs a `token` with the scope `reservations:read`. There is no first
   * state: read the list over REST each time this becomes `live`, and keep the higher `version` of each `id`.
   */
  watchVenue(venueId: string, handlers: Handlers<Reservation | WaitlistEntry>
    | ((change: Reservation | WaitlistEntry) => void)): Watch<Reservation | WaitlistEntry>;
  /** Final: no handler is called any more, and no timer, listener or socket is left. */
  close(): void;
}

export interface Options {
  /** The address that serves `/v1/live`; default: the page's origin. Needed in Node. */
  url?: string | URL;
  /** Bearer token, for staff. A function is asked before every attempt, and so renews a token that has expired. */
  token?: string | (() => string | Promise<string>);
  /** Default: the platform's. Node 20 has none: pass that of the package `ws`. */
  WebSocket?: new (url: string, protocols: string[]) => unknown;
  /** Default: the platform's. Used for server-sent events where no socket can be opened. */
  fetch?: typeof fetch;
  /** For tests. */
  window?: unknown;
  /** For tests. */
  clock?: { setTimeout(run: () => void, ms: number): unknown; clearTimeout(id: any): void };
  /** For tests. */
  now?: () => Milliseconds;
  /** For tests. */
  random?: () => number;
}

/** Opens the live connection and keeps it open. Throws a TypeError when `url` is missing outside a page. */
export function connect(options?: Options): Live;

/** Slots that can still be booked at `now` (default: this moment): not begun, and not inside the venue's notice. */
export function bookable(day: Day, now?: Milliseconds): Slot[];

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds. Throws a TypeError on anything else. */
export function durationMs(duration?: string): Milliseconds;

/** The day after a `day` or `change` frame; undefined when a change does not follow on `day`. Throws on a malformed frame. */
export function apply(day: Day | undefined, frame: object): Day | undefined;
