/** What keeps dear reads from crowding out cheap ones. */
@CheckReturnValue
package io.lasttable.availability.load;

import com.google.errorprone.annotations.CheckReturnValue;
