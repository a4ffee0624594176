/**
 * Google's Gemini image models behind Pictor's model SPI, over the vendor's Java SDK with its retries switched off.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.adapter.gemini;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
