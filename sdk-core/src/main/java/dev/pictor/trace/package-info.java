/**
 * What happened: a run as an append-only log of events, the record that is a fold of that log, the artifacts it names
 * by their SHA-256, the stores that keep both, and the report a person reads.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.trace;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
