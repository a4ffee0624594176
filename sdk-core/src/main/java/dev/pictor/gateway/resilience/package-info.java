/**
 * What stands between a call and a model in trouble: retry, circuit breaker, bulkhead, rate limit.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.gateway.resilience;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
