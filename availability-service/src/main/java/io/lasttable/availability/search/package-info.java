/** What is free near a place or in a city, around a wanted time. */
@CheckReturnValue
package io.lasttable.availability.search;

import com.google.errorprone.annotations.CheckReturnValue;
