/**
 * Pipelines: a declared graph of typed stages. What a stage needs is declared and checked when the pipeline is built,
 * and a stage sees only what it declared.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.pipeline;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
