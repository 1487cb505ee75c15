// What edits a part of the venue's document in place: whoever shows the document is told of each change.

import { element } from '../common/dom.js';
import { t } from '../common/words.js';

let told = { changed() {}, draw() {} };

/** @param listener `changed()` after each change, `draw()` where there are more or fewer things to edit than before */
export const onEdit = (listener) => { told = listener; };

/** @param set writes what is in the input into the document */
export function field(label, properties, set) {
  const input = element('input', { required: true, ...properties, oninput: ({ target }) => { set(target); told.changed(); } });
  return element('label', { className: 'field' }, element('span', { textContent: t(label) }), input);
}

export function check(label, isChecked, set) {
  return element('label', { className: 'check' },
    element('input', { type: 'checkbox', checked: isChecked, oninput: ({ target }) => { set(target.checked); told.changed(); } }), t(label));
}

/** @param options what can be chosen -> its words */
export function choice(label, options, value, set) {
  const select = element('select', { oninput: ({ target }) => { set(target.value); redraw(target); } },
    ...Object.entries(options).map(([each, words]) => element('option', { value: each, textContent: t(words), selected: each === value })));
  return element('label', { className: 'field' }, element('span', { textContent: t(label) }), select);
}

/** @param gone called once it is removed */
export function remove(list, each, name, gone = () => {}) {
  return element('button', { type: 'button', textContent: t('removeIt'), aria: { label: t('removeWhat', { name }) }, onclick: ({ target }) => {
    const home = target.closest('fieldset, .nested');
    list.splice(list.indexOf(each), 1);
    gone();
    redraw(home?.querySelector('.add'));
  } });
}

/** @param make gives the new one */
export function add(label, list, make, test) {
  return element('button', { type: 'button', className: 'add', textContent: t(label), test, onclick: ({ target }) => {
    list.push(make());
    redraw(target);
  } });
}

/** The focus goes where the same thing is after drawing: the button that adds, or the choice. */
function redraw(from) {
  const all = () => [...document.querySelectorAll('.add, select')];
  const place = all().indexOf(from);
  told.draw();
  told.changed();
  all()[place]?.focus();
}

/** Minutes as `PT90M`. */
export const duration = (count) => `PT${count}M`;
