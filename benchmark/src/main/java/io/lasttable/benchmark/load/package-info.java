/** Load generators, in processes apart from the servers: cheap sockets, requests on a timetable, floors. */
@CheckReturnValue
package io.lasttable.benchmark.load;

import com.google.errorprone.annotations.CheckReturnValue;
