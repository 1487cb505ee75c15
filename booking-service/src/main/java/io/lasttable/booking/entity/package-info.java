/** What the rooms with entities share. Off the hot path: nobody but them comes in here. */
@CheckReturnValue
package io.lasttable.booking.entity;

import com.google.errorprone.annotations.CheckReturnValue;
