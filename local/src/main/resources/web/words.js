// The page in the reader's language: the first of the browser's languages that there is, English else; `?lang=` chooses another.

import en from './words/en.js';

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'];
const RIGHT_TO_LEFT = ['ar'];

const wanted = [new URLSearchParams(location.search).get('lang'), ...(navigator.languages ?? [navigator.language])].filter(Boolean);
const known = (tag) => LANGUAGES.find((language) => language === tag.toLowerCase().split('-')[0]);

/** Such as `de`. */
export const language = wanted.map(known).find(Boolean) ?? 'en';

/** With the reader's region where they name one, such as `de-AT`, for dates and numbers. Latin digits, as on the menu. */
export const locale = localeOf(wanted.find((tag) => known(tag) === language) ?? 'en-GB');

function localeOf(tag) {
  try {
    return new Intl.Locale(tag, { numberingSystem: 'latn', calendar: 'gregory' });
  } catch {
    return language;
  }
}

const plural = new Intl.PluralRules(language);
let words = en;

/** Loads the language and says everything that stands in the document with a `data-words` of its own. */
export async function speak() {
  if (language !== 'en') {
    try {
      words = { ...en, ...(await import(`./words/${language}.js`)).default };
    } catch {
      words = en;
    }
  }
  document.documentElement.lang = words === en ? 'en' : language;
  document.documentElement.dir = words !== en && RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
  for (const node of document.querySelectorAll('[data-words]')) node.textContent = t(node.dataset.words);
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', t(node.dataset.label));
}

/** @param values put in place of `{name}`; `n` chooses the plural where a phrase has several */
export function t(key, values = {}) {
  const phrase = words[key] ?? en[key] ?? key;
  const text = typeof phrase === 'string' ? phrase : phrase[plural.select(values.n)] ?? phrase.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Whether there is such a phrase. */
export const has = (key) => key in en;
