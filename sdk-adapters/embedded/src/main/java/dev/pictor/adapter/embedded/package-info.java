/**
 * Models that run in this process, with no key, no network and no cost. They are no generative models: one paints by
 * rule, one answers by rule.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.adapter.embedded;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
