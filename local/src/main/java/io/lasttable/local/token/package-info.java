/** An OIDC issuer for this machine only: discovery, key set, and a token for whoever asks on loopback. */
@CheckReturnValue
package io.lasttable.local.token;

import com.google.errorprone.annotations.CheckReturnValue;
