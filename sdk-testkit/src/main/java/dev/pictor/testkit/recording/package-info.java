/**
 * Real exchanges with a vendor, kept in a folder without secrets, and played back in tests without a network.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.testkit.recording;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
