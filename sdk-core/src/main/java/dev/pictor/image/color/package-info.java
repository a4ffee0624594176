/** Colours as numbers: sRGB, linear light, CIELAB, differences that match the eye, and contrast. */
@NullMarked
@CheckReturnValue
package dev.pictor.image.color;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
