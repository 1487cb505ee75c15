// What this device keeps. Storage may be full, broken or blocked, as inside another site's frame: then it is kept while the page is open.

const memory = new Map();

/** The value kept under `key`; undefined when there is none, or when it cannot be read. */
export function read(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return JSON.parse(localStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value. Returns false when it is gone with the page. */
export function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    memory.delete(key);
    return true;
  } catch {
    memory.set(key, value);
    return false;
  }
}

export function remove(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing is kept there
  }
}

/** All that is kept under keys that begin with `prefix`, oldest first by its `at`. */
export function all(prefix) {
  let stored = [];
  try {
    stored = Object.keys(localStorage);
  } catch {
    // only what memory has
  }
  const keys = new Set([...stored, ...memory.keys()].filter((key) => key.startsWith(prefix)));
  return [...keys].map(read).filter((value) => value && typeof value === 'object').sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

/** Calls `changed(key, value)` when another tab has kept or removed (value undefined) something under `prefix`. */
export function onOtherTabs(prefix, changed) {
  addEventListener('storage', ({ key, newValue }) => {
    if (key?.startsWith(prefix)) changed(key, newValue === null ? undefined : read(key));
  });
}

/** A random name, also where the page is not served securely and `crypto.randomUUID` is missing. */
export function randomName() {
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
