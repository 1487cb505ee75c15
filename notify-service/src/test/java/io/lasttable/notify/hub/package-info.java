@com.google.errorprone.annotations.CheckReturnValue
package io.lasttable.notify.hub;
