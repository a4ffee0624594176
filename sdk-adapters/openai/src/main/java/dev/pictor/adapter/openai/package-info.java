/**
 * OpenAI's models behind Pictor's model SPI: requests written by the vendor's Java SDK, sent over Pictor's own transport.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.adapter.openai;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
