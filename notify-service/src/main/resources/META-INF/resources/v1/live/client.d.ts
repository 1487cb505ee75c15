export type ConnectionState = 'connecting' | 'live' | 'offline';

export interface Slot {
  /** Venue-local start, `HH:mm`. */
  time: string;
  /** The instant, ISO 8601 UTC. */
  startsAt: string;
  /** Party size to tables left; absent means none. */
  left: Record<string, number>;
}

export interface Day {
  venueId: string;
  date: string;
  version: number;
  /** ISO 8601 duration. */
  minNotice: string;
  slots: Slot[];
}

export interface ErrorFrame {
  op: 'error';
  ref?: string;
  code: string;
  message: string;
}

export interface Live {
  readonly state: ConnectionState;
  onstate: (state: ConnectionState) => void;
  onerror: (error: ErrorFrame) => void;
  /** Returns the way to stop watching. */
  watchDay(venueId: string, date: string, listener: (day: Day) => void, day?: Day): () => void;
  close(): void;
}

export interface Options {
  url?: string;
  token?: string;
}

export function connect(options?: Options): Live;
export function bookable(day: Day, now?: number): Slot[];
export function durationMs(duration: string): number;
export function apply(day: Day | undefined, frame: object): Day | undefined;
