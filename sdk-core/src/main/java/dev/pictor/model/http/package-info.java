/**
 * HTTP for adapters over the JDK client: bounded, stopped with the call, failures told apart.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.model.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
