// The page in the reader's language: the first of the browser's languages that there is, English else; `?lang=` chooses another.

import common from './words/en.js';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'];
const RIGHT_TO_LEFT = ['ar'];

const known = (tag) => LANGUAGES.find((each) => each === tag.toLowerCase().split('-')[0]);

let language; // such as `de`
let locale;

let plural;
let en = { ...common };
let words = en;
const rooms = ['common'];
choose(new URLSearchParams(location.search).get('lang'));

/** With the reader's region where they name one, such as `de-AT`, for dates and numbers. Latin digits, as on the menu. */
export const spokenLocale = () => locale;

/** Such as `de`. */
export const spokenLanguage = () => language;

function choose(asked) {
  const wanted = [asked, ...(navigator.languages ?? [navigator.language])].filter(Boolean);
  language = wanted.map(known).find(Boolean) ?? 'en';
  const spoken = wanted.filter((tag) => known(tag) === language);
  locale = localeOf(spoken.find((tag) => tag.includes('-')) ?? spoken[0] ?? 'en-GB'); // a page's `en` says nothing of its reader's region
  plural = new Intl.PluralRules(language);
}

function localeOf(tag) {
  try {
    return new Intl.Locale(tag, { numberingSystem: 'latn', calendar: 'gregory' }).toString();
  } catch {
    return language;
  }
}

/** What the pages of one room say beside what all say, in English; other languages stand beside it, and are loaded when they are spoken. */
export function alsoSay(room, phrases) {
  rooms.push(room);
  en = { ...en, ...phrases };
  words = en;
}

/** As `alsoSay`, for what is loaded once the page speaks already. */
export async function alsoLearn(room, phrases) {
  en = { ...phrases, ...en };
  const spoken = language === 'en' ? {} : await import(`../${room}/words/${language}.js`).then((found) => found.default, () => ({}));
  words = { ...phrases, ...spoken, ...words };
}

/** Loads the language, unless another is wanted meanwhile. @param asked a language to be spoken before all that the browser names; empty for none */
export async function learn(asked) {
  if (asked !== undefined) choose(asked);
  const wanted = language;
  const spoken = wanted === 'en' ? [] : await Promise.all(rooms.map((room) => import(`../${room}/words/${wanted}.js`))).catch(() => []);
  if (wanted === language) words = spoken.length ? Object.assign({ ...en }, ...spoken.map((each) => each.default)) : en;
  const isSpoken = words !== en;
  return { lang: isSpoken ? language : 'en', dir: isSpoken && RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr' };
}

/** Learns the language and says everything that stands in the document with a `data-words` of its own. */
export async function speak() {
  Object.assign(document.documentElement, await learn());
  for (const node of document.querySelectorAll('[data-words]')) node.textContent = t(node.dataset.words);
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', t(node.dataset.label));
}

/** @param values put in place of `{name}`; `n` chooses the plural where a phrase has several */
export function t(key, values = {}) {
  const phrase = words[key] ?? en[key] ?? key;
  const text = typeof phrase === 'string' ? phrase : phrase[plural.select(values.n)] ?? phrase.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A text of somebody's own in a sentence that may run the other way. */
export const isolated = (text) => (/[\u0590-\u08ff]/.test(text) === RIGHT_TO_LEFT.includes(language) ? text : `\u2068${text}\u2069`);

/** What there is of several things, one behind the other. */
export const listed = (...parts) => parts.filter(Boolean).join(t('comma'));

/** Whether there is such a phrase. */
export const has = (key) => key in en;
