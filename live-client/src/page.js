/** Follows what the page knows of its network and of being looked at; returns how to stop. */
export function followPage(live, window) {
  const undo = [];
  const on = (target, event, run) => {
    target?.addEventListener?.(event, run);
    undo.push(() => target?.removeEventListener?.(event, run));
  };
  const { document } = window;
  on(window, 'online', () => live.wake());
  on(window, 'offline', () => live.doubt());
  on(window, 'pagehide', () => live.sleep());
  on(window, 'pageshow', () => live.rise());
  on(document, 'resume', () => live.wake());
  on(document, 'visibilitychange', () => document.visibilityState === 'visible' && live.wake());
  return () => undo.forEach((stop) => stop());
}

/** Calls when the signal is aborted, at once if it has been; returns how to stop listening. */
export function until(signal, call) {
  if (signal?.aborted) call();
  signal?.addEventListener('abort', call);
  return signal && (() => signal.removeEventListener('abort', call));
}
