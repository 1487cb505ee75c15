/** What an Application Load Balancer does for us in AWS: path rules, round robin, health checks, idle timeout, draining. */
@CheckReturnValue
package io.lasttable.local.balancer;

import com.google.errorprone.annotations.CheckReturnValue;
