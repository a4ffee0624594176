/**
 * Which model serves a call: candidates, their order with reasons, their health from live traffic.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.gateway.routing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
