// A number to call where the page can do no more.

import { element } from '../common/dom.js';
import { t } from '../common/words.js';

/** The house's number; nothing where it has none. */
export const numberOf = ({ phone }) =>
  (phone ? element('a', { href: `tel:${phone.replace(/[^\d+]/g, '')}`, textContent: phone, dir: 'ltr', test: 'call' }) : '');

/** That the day's cut-off has passed, and whom to call. */
export const cutOffText = ({ name, phone }) => [`${t('cutOff', { name })} `, phone ? t('orCall') : t('callThem'), ' ', numberOf({ phone })].filter(Boolean);
