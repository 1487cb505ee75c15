// Who signs out in one tab does so in all: also in one that shows another page, that waits for the issuer, or that the system has put to sleep.

const SIGNED_OUT = 'lasttable.signedout';

const others = globalThis.BroadcastChannel && new BroadcastChannel(SIGNED_OUT);

/** Whether somebody has signed out in this tab, and nobody has asked to sign in since. */
export function isSignedOut() {
  try {
    return Boolean(sessionStorage.getItem(SIGNED_OUT));
  } catch {
    return false; // nothing is kept there
  }
}
export const wantsIn = () => sessionStorage.removeItem(SIGNED_OUT);

/** The instant at which somebody last signed out in any tab: one that was asleep has not heard of it. */
export const lastOut = () => Number(localStorage.getItem(SIGNED_OUT));

export const out = () => sessionStorage.setItem(SIGNED_OUT, '1');

export function outEverywhere() {
  others?.postMessage('');
  try {
    localStorage.setItem(SIGNED_OUT, Date.now());
  } catch {
    // full: those that are awake have heard
  }
}

/** Calls `heard` when somebody signs out in another tab. */
export function onOut(heard) {
  if (others) others.onmessage = heard;
}
