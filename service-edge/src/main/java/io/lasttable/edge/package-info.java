/**
 * Where every service meets the network: what is the same in each, and has to be, since a difference would be a way in. No contract is in
 * here, and nothing of the domain.
 */
@CheckReturnValue
package io.lasttable.edge;

import com.google.errorprone.annotations.CheckReturnValue;
