// Staff sign in at an issuer of OpenID Connect: authorization code with PKCE (RFC 7636, RFC 9700), as a public client. Tokens live in this
// page's memory and nowhere else: a reload asks the issuer again, which knows its own from before. What has to outlive the way there and
// back, the verifier and where the host was, is kept for this tab until it is back.

import { Refusal } from '../common/http.js';
import { t } from '../common/words.js';
import { belongsTo, end } from './kept.js';
import { onOut, out, outEverywhere } from './out.js';

const ON_THE_WAY = 'lasttable.signin';
const TOO_SOON = 30_000;
const ANSWER_WITHIN = 20_000;
const A_MOMENT = 1_000;

const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const here = () => location.origin + location.pathname;

let isComing = new URLSearchParams(location.search).has('state');

/** Whether the issuer has sent somebody back who is not signed in yet: nobody knows who it is. */
export const isComingBack = () => isComing;

onOut(() => { // heard from the start: whoever waits for the issuer shows what the tab has kept
  leaveNothing();
  location.reload();
});

function leaveNothing() {
  out();
  sessionStorage.removeItem(ON_THE_WAY);
  end();
}

/**
 * Comes back signed in, or leaves for the issuer and does not come back; neither does it where the issuer refuses, which is said.
 *
 * @param client `{ issuer, clientId, scope }`
 * @return `{ isReader, fresh, signOut }`: whether it is they whose evening this tab keeps; what gives `{ value, until }`, a token that is fresh; and the way out,
 *     by which no tab keeps an evening
 * @throws {Refusal} that is open when the issuer does not answer
 */
export async function signedIn(client, say) {
  try {
    return await comeIn(client);
  } catch (refusal) {
    if (refusal.isOpen) throw refusal;
    end();
    say(refusal.message);
    return new Promise(() => {}); // reloading tries again; going there by itself would go in circles
  }
}

async function comeIn(client) {
  const asked = new URLSearchParams(location.search); // before the page may write another address
  const found = await answer(`${client.issuer}/.well-known/openid-configuration`);
  const kept = onTheWay();
  if (!kept || asked.get('state') !== kept.state) return leave(found, client);
  sessionStorage.removeItem(ON_THE_WAY);
  history.replaceState(null, '', here() + kept.search);
  if (asked.has('error')) throw new Error(asked.get('error_description') ?? asked.get('error'));
  let grant = await exchange(found, client, { grant_type: 'authorization_code', code: asked.get('code'), redirect_uri: here(), code_verifier: kept.verifier });
  const since = Date.now();
  const isReader = belongsTo(subjectOf(grant));
  isComing = false;
  return {
    isReader,
    async fresh() {
      if (grant.until > Date.now()) {
        const { value, until } = grant;
        grant = { ...grant, until: 0 }; // the next one who asks wants a newer one
        return { value, until };
      }
      if (Date.now() - since < TOO_SOON) throw new Refusal(t('mayNot'), { status: 401 }); // what the issuer gives is not believed: asking again goes in circles
      if (!grant.refresh) return leave(found, client);
      grant = await exchange(found, client, { grant_type: 'refresh_token', refresh_token: grant.refresh })
        .catch((refusal) => { if (refusal.isOpen) throw refusal; return leave(found, client); });
      return { value: grant.value, until: grant.until };
    },
    async signOut() {
      leaveNothing();
      outEverywhere();
      await revoke(found, client, grant);
      endAtIssuer(found, client, grant);
    },
  };
}

function onTheWay() {
  try {
    return JSON.parse(sessionStorage.getItem(ON_THE_WAY));
  } catch {
    return undefined; // blocked, which is said when something is to be kept there
  }
}

/** Where the issuer says how, nothing gets tokens anew by this sign-in (RFC 7009). It is sent though the page is left, so nobody waits for a late answer. */
async function revoke({ revocation_endpoint: address }, { clientId }, { refresh }) {
  if (!address || !refresh) return;
  const wanted = new URLSearchParams({ client_id: clientId, token: refresh, token_type_hint: 'refresh_token' });
  const revoked = fetch(address, { method: 'POST', keepalive: true, body: wanted }).catch(() => {});
  await Promise.race([revoked, new Promise((resolve) => setTimeout(resolve, A_MOMENT))]);
}

/** Where the issuer says how, its own session ends too (OpenID Connect RP-Initiated Logout 1.0). */
function endAtIssuer({ end_session_endpoint: address }, { clientId }, { identity }) {
  if (!address) return location.reload();
  const wanted = new URLSearchParams({ client_id: clientId, post_logout_redirect_uri: here(), ...(identity && { id_token_hint: identity }) });
  return location.assign(`${address}${address.includes('?') ? '&' : '?'}${wanted}`);
}

/** Nothing is decided by it but whose the evening is that this tab keeps, so no signature is looked at. */
function subjectOf({ identity, value }) {
  try {
    return JSON.parse(atob((identity ?? value).split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).sub ?? '';
  } catch {
    return '';
  }
}

async function exchange({ token_endpoint: address }, { clientId }, asked) {
  const made = await answer(address, { method: 'POST', body: new URLSearchParams({ client_id: clientId, ...asked }) });
  return { value: made.access_token, identity: made.id_token, refresh: made.refresh_token ?? asked.refresh_token, until: Date.now() + (made.expires_in ?? 60) * 1000 };
}

async function answer(address, request) {
  const response = await fetch(address, { signal: AbortSignal.timeout(ANSWER_WITHIN), ...request }).catch(() => undefined);
  if (!response || response.status >= 500) throw new Refusal(t('no-answer'));
  const said = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(said.error_description ?? said.error ?? t('didNotWork', { status: response.status }));
  return said;
}

/** Never ends: the page is left. */
async function leave({ authorization_endpoint: address }, { clientId, scope }) {
  const state = random();
  const verifier = random();
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  try {
    sessionStorage.setItem(ON_THE_WAY, JSON.stringify({ state, verifier, search: location.search }));
  } catch {
    throw new Error(t('needsStorage'));
  }
  const wanted = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: here(), scope, state,
    code_challenge: challenge, code_challenge_method: 'S256' });
  location.assign(`${address}${address.includes('?') ? '&' : '?'}${wanted}`);
  return new Promise(() => {});
}
