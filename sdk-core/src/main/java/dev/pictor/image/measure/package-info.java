/**
 * What can be measured of a picture without a model: colours and their areas, a hash that survives another encoding, and
 * whether it is blank, blurred, noisy, framed or see-through. Every number is the same on every JVM.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.image.measure;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
