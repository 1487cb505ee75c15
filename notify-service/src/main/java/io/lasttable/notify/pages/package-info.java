@CheckReturnValue
package io.lasttable.notify.pages;

import com.google.errorprone.annotations.CheckReturnValue;
