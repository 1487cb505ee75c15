export const $ = (id) => document.getElementById(id);

/** @param properties of the element; `test` is its hook for tests, `data` and `aria` what they say */
export function element(tag, { test, data = {}, aria = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  if (test) made.dataset.testid = test;
  Object.assign(made.dataset, data);
  for (const [name, value] of Object.entries(aria)) made.setAttribute(`aria-${name}`, value);
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

/** Makes `children` the children of `parent`, without touching those that are in place: focus stays where it is. */
export function place(parent, children) {
  children.forEach((child, i) => {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}

let pending = [];

/** Tells screen readers; what comes within a second is told together. */
export function announce(text) {
  if (pending.push(text) > 1) return;
  setTimeout(() => {
    $('announce').textContent = pending.length > 3 ? `${pending.length} times have changed.` : pending.join(' ');
    pending = [];
  }, 1_000);
}
