import type { ReactElement, ReactNode } from 'react';
import type { Day, Live, LiveError, Milliseconds, Reservation, StaleReason, WaitlistEntry, WatchState } from './client.js';

/** What a component shows; it is rendered anew with each change. */
export interface View<T> {
  readonly value: T | undefined;
  readonly state: WatchState;
  readonly since: Milliseconds;
  readonly reason: StaleReason | undefined;
  readonly error: LiveError | undefined;
}

export interface HookOptions {
  /** Instead of the provider's. */
  live?: Live | undefined;
}

/** Gives the components below it the connection, which is made once, outside of rendering. */
export function LiveProvider(props: { live: Live; children?: ReactNode }): ReactElement;

/** The connection of the provider above. */
export function useLive(): Live | undefined;

/** One service date of a venue, watched while the component is there; nothing is watched while a name is undefined. */
export function useDay(venueId: string | undefined, date: string | undefined, options?: HookOptions & { known?: Day | undefined }): View<Day>;

/** Several service dates of a venue, such as a month: a map by date, as sure as the least sure of them. */
export function useDays(venueId: string | undefined, dates: readonly string[] | undefined, options?: HookOptions):
  View<ReadonlyMap<string, Day>>;

/** One reservation or waitlist entry by its `watchToken`. A token function must stay the same from one render to the next. */
export function useReservation<T extends Reservation | WaitlistEntry = Reservation | WaitlistEntry>(
  token: string | (() => string | Promise<string>) | undefined, options?: HookOptions): View<T>;
