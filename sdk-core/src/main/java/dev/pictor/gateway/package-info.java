/**
 * The one road from a pipeline to a model: a list of small named steps around the adapter's call.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.gateway;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
