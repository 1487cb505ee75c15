/** What a run found: figures, verdicts and curves, written as Markdown, JSON and SVG. */
@CheckReturnValue
package io.lasttable.benchmark.report;

import com.google.errorprone.annotations.CheckReturnValue;
