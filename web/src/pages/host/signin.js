// Staff sign in at an issuer of OpenID Connect: authorization code with PKCE (RFC 7636, RFC 9700), as a public client. Tokens live in this
// page's memory and nowhere else: a reload asks the issuer again, which knows its own from before. What has to outlive the way there and
// back, the verifier and where the host was, is kept for this tab until it is back.

import { t } from '../common/words.js';

const ON_THE_WAY = 'lasttable.signin';
const TOO_SOON = 30_000;

const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const here = () => location.origin + location.pathname;

/**
 * Comes back signed in, or leaves for the issuer and does not come back.
 *
 * @param client `{ issuer, clientId, scope }`
 * @return gives `{ value, until }`, a token that is fresh
 * @throws {Error} with what the issuer says
 */
export async function signedIn(client) {
  const found = await (await fetch(`${client.issuer}/.well-known/openid-configuration`)).json();
  const asked = new URLSearchParams(location.search);
  const kept = JSON.parse(sessionStorage.getItem(ON_THE_WAY) ?? 'null');
  let grant;
  if (kept && asked.get('state') === kept.state) {
    sessionStorage.removeItem(ON_THE_WAY);
    history.replaceState(null, '', here() + kept.search);
    if (asked.has('error')) throw new Error(asked.get('error_description') ?? asked.get('error'));
    grant = await exchange(found, client, { grant_type: 'authorization_code', code: asked.get('code'), redirect_uri: here(), code_verifier: kept.verifier });
  } else {
    return leave(found, client);
  }
  const since = Date.now();
  return async () => {
    if (grant.until > Date.now()) {
      const { value, until } = grant;
      grant = { ...grant, until: 0 }; // the next one who asks wants a newer one
      return { value, until };
    }
    if (Date.now() - since < TOO_SOON) throw new Error(t('mayNot')); // what the issuer gives is not believed: asking again goes in circles
    if (!grant.refresh) return leave(found, client);
    grant = await exchange(found, client, { grant_type: 'refresh_token', refresh_token: grant.refresh }).catch(() => leave(found, client));
    return { value: grant.value, until: grant.until };
  };
}

async function exchange({ token_endpoint: address }, { clientId }, asked) {
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ client_id: clientId, ...asked }) });
  const made = await answer.json();
  if (!answer.ok) throw new Error(made.error_description ?? made.error);
  return { value: made.access_token, refresh: made.refresh_token ?? asked.refresh_token, until: Date.now() + (made.expires_in ?? 60) * 1000 };
}

/** Never ends: the page is left. */
async function leave({ authorization_endpoint: address }, { clientId, scope }) {
  const state = random();
  const verifier = random();
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  sessionStorage.setItem(ON_THE_WAY, JSON.stringify({ state, verifier, search: location.search }));
  const wanted = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: here(), scope, state,
    code_challenge: challenge, code_challenge_method: 'S256' });
  location.assign(`${address}${address.includes('?') ? '&' : '?'}${wanted}`);
  return new Promise(() => {});
}
