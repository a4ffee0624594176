/**
 * What may be spent: limits by scope and period, and the ledger that reserves before anything is spent.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.gateway.budget;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
