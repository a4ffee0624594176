/**
 * Answers to prompts that mean the same: vectors, similarity, and the facts that must agree.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.gateway.semantic;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
