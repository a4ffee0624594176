/**
 * Says that something is wrong while it is, and when it is over: error rates, slow answers, rate limits, budgets.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.gateway.alert;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
