/** What clients and watchers of the platform were told, and the judge over it. Pure: it reads a recorded history and nothing else. */
@CheckReturnValue
package io.lasttable.benchmark.history;

import com.google.errorprone.annotations.CheckReturnValue;
