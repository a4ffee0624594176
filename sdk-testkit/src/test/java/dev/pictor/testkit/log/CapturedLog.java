package dev.pictor.testkit.log;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Everything that is logged while someone listens, at every level. Otherwise logging is off. */
public final class CapturedLog implements AutoCloseable {

    private static volatile @Nullable Queue<String> lines;

    private CapturedLog() {}

    /** Listens until the log is closed. One test at a time may. */
    public static CapturedLog start() {
        lines = new ConcurrentLinkedQueue<>();
        return new CapturedLog();
    }

    /** Returns what was logged so far: level, logger, message, and what the throwables say. */
    public String text() {
        Queue<String> so = lines;
        return so == null ? "" : String.join("\n", so);
    }

    @Override
    public void close() {
        lines = null;
    }

    /** A logger that adds to the log. */
    static final class CapturingLogger extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        CapturingLogger(String name) {
            this.name = name;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                @Nullable String message,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            Queue<String> to = lines;
            if (to != null) {
                StringBuilder line = new StringBuilder(
                        level + " " + name + " " + MessageFormatter.basicArrayFormat(message, arguments));
                for (Throwable at = thrown; at != null; at = at.getCause()) {
                    line.append('\n').append(at);
                }
                to.add(line.toString());
            }
        }

        @Override
        public boolean isTraceEnabled() {
            return lines != null;
        }

        @Override
        public boolean isDebugEnabled() {
            return lines != null;
        }

        @Override
        public boolean isInfoEnabled() {
            return lines != null;
        }

        @Override
        public boolean isWarnEnabled() {
            return lines != null;
        }

        @Override
        public boolean isErrorEnabled() {
            return lines != null;
        }
    }
}
