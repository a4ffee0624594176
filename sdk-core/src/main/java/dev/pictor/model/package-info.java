/**
 * The SPI to models: adapters that draw, reason and embed, their requests and results, what a model can do and what
 * it costs, and one taxonomy of failures.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.model;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
