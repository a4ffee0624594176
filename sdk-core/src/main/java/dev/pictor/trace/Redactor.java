package dev.pictor.trace;

/**
 * Decides what of a text may be recorded, for what only its owner knows to be private: names, addresses, customers'
 * words. It is asked after Pictor's own rules, for each text of an event and of a journaled value, before anything of
 * it is hashed or written. What it changes in a journaled value makes the journal withhold that value: such a run
 * cannot be resumed.
 *
 * <p><b>Threads.</b> Called from many threads at once.
 *
 * <p><b>Blocking.</b> Fast: the stage waits meanwhile.
 *
 * <p><b>Errors.</b> If it throws, {@link Redaction#MARK} is recorded in the place of the text, and the first time is
 * logged.
 */
@FunctionalInterface
public interface Redactor {

    /**
     * Returns what may be recorded.
     *
     * @param path where the text stands, such as {@code /body/messages/0/parts/0/content}
     * @param value the text
     * @return the text itself, {@link Redaction#MARK}, or another text
     */
    String redact(String path, String value);

    /**
     * Returns the redactor that changes nothing.
     *
     * @return always the same redactor
     */
    static Redactor none() {
        return NoRedactor.INSTANCE;
    }
}
