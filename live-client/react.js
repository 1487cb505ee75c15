// What is live, for React components. Guide: docs/client.md.
import { createContext, createElement, useContext, useEffect, useState } from 'react';

const Context = createContext(undefined);
const NOTHING = { value: undefined, state: 'connecting', since: 0, reason: undefined, error: undefined };

/** Gives the components below it the connection: `<LiveProvider live={connect()}>`, made once, outside of rendering. */
export function LiveProvider({ live, children }) {
  return createElement(Context.Provider, { value: live }, children);
}

/** The connection of the provider above. */
export function useLive() {
  return useContext(Context);
}

export function useDay(venueId, date, options = {}) {
  return useWatch(venueId && date, options, [venueId, date], (live, handlers) =>
    live.watchDay(venueId, date, handlers, { known: options.known }));
}

export function useDays(venueId, dates, options = {}) {
  return useWatch(venueId && dates?.length, options, [venueId, dates?.join()], (live, handlers) =>
    live.watchDays(venueId, dates, handlers));
}

export function useReservation(token, options = {}) {
  return useWatch(token, options, [token], (live, handlers) => live.watchReservation(token, handlers));
}

/** One watch for as long as the component shows what it names. What is shown never belongs to what was named before. */
function useWatch(isNamed, options, names, begin) {
  const provided = useLive();
  const on = [options.live ?? provided, ...names];
  const [view, setView] = useState(NOTHING);
  useEffect(() => {
    const [live] = on;
    if (!live || !isNamed) return undefined;
    const show = () => setView({ on, value: watch.value, state: watch.state, since: watch.since, reason: watch.reason,
      error: watch.error });
    const watch = begin(live, { onvalue: show, onstate: show, onerror: show });
    show();
    return () => watch.stop();
  }, on);
  return view.on?.every((each, i) => each === on[i]) ? view : NOTHING;
}
