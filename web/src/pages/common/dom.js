import { t } from './words.js';

/** What has the focus within the document or shadow tree that a node is in. */
export const focusedAround = (node) => node.getRootNode().activeElement ?? document.activeElement;

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

const SETTLE = 700;

/**
 * A button that acts on what was there when the finger went down: while it is young it does nothing, since it may have taken the place
 * of another under a double click. Busy while its action runs.
 *
 * @param act returns a promise; what it refuses is for the caller to show
 */
export function actionButton(properties, act) {
  const button = element('button', { type: 'button', aria: { disabled: true }, ...properties });
  setTimeout(() => button.setAttribute('aria-disabled', false), SETTLE);
  button.onclick = async () => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', true);
    try {
      await act(button);
    } finally {
      button.setAttribute('aria-disabled', false);
    }
  };
  return button;
}

/** Makes `children` the children of `parent`, without touching those that are in place: focus stays where it is. */
export function place(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, i) => {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
  });
}

/** Where a dialog closes under a double click, its second half would reach what lies beneath: for a moment nothing there is hit. */
export const shieldFromDoubleClicks = () => shieldBeneath(document, document.querySelector('main'));

/** As `shieldFromDoubleClicks`, for what lies beneath one dialog. */
export function shieldBeneath(dialogs, beneath) {
  let shield;
  dialogs.addEventListener('close', () => {
    clearTimeout(shield);
    beneath.classList.add('settling');
    shield = setTimeout(() => beneath.classList.remove('settling'), SETTLE);
  }, true);
}

const MOST_TOLD = 3;
let pending = [];

let whereToTell = () => document.querySelector('dialog[open] .announce') ?? $('announce');

/** Where the widget lives there is no place of the page's own. */
export const announceIn = (find) => { whereToTell = find; };

/** Tells screen readers, in the dialog while one is open; what comes within a second is told together, and of many the first. */
export function announce(text) {
  if (pending.push(text) > 1) return;
  setTimeout(() => {
    const place = whereToTell(); // none where the site has taken the widget out meanwhile
    const rest = pending.length - MOST_TOLD;
    const told = pending.slice(0, MOST_TOLD).concat(rest > 0 ? t('andMore', { n: rest }) : []);
    place?.replaceChildren(element('span', { textContent: told.join(' ') })); // a new node is told though its words are the same
    pending = [];
  }, 1_000);
}

/** Fills a choice of venues; one that is asked for and gone is not replaced by another. Returns whether one is chosen. */
export function chooseVenue(select, venues, asked, label) {
  const known = !asked || venues.some((each) => each.venueId === asked);
  const options = venues.map((each) => element('option', { value: each.venueId, textContent: label(each) }));
  if (!known) options.unshift(element('option', { value: '', textContent: t('choose'), disabled: true, selected: true }));
  select.replaceChildren(...options);
  if (known && asked) select.value = asked;
  return known && venues.length > 0;
}

/** Runs `start` until it succeeds, with growing pauses; `failed` says so meanwhile. */
export async function persistently(start, failed) {
  for (let pause = 1_000; ; pause = Math.min(pause * 2, 30_000)) {
    try {
      return await start();
    } catch (failure) {
      failed(failure);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
