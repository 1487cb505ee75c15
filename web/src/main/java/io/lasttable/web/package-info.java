/** Serves what {@code Build.java} has made of {@code src}: pages, scripts, styles. */
@CheckReturnValue
package io.lasttable.web;

import com.google.errorprone.annotations.CheckReturnValue;
