/**
 * What models cost: dated price lists as data, found by model, checked when they are read.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.gateway.price;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
