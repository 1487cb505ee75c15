// Who gets in to the host's screen, and the way out.

import { $ } from '../common/dom.js';
import { Refusal, useSignIn } from '../common/http.js';
import { settings } from '../common/settings.js';
import { t } from '../common/words.js';
import { isSignedOut, wantsIn } from './out.js';
import { signedIn } from './signin.js';

let isIn = false;

/**
 * Where there is an issuer, only whom it knows gets any further; one that does not answer is asked again.
 *
 * @param another is told that whoever comes in is not who has read what is shown
 */
export async function letIn(say, another) {
  if (isIn) return;
  const { signIn: client } = await settings();
  if (client) {
    useSignIn(async () => { throw new Refusal(t('no-answer')); });
    if (isSignedOut()) await wantedIn(say);
    const { isReader, fresh, signOut } = await signedIn(client, say);
    if (!isReader) another();
    useSignIn(fresh);
    Object.assign($('sign-out'), { hidden: false, onclick: signOut });
  }
  isIn = true;
}

/** Who has signed out is not signed in again by an issuer that still knows them. */
async function wantedIn(say) {
  say(t('signedOut'));
  const button = $('sign-out');
  Object.assign(button, { hidden: false, textContent: t('signIn') });
  await new Promise((resolve) => { button.onclick = resolve; });
  wantsIn();
  Object.assign(button, { hidden: true, textContent: t('signOut') });
}
