package dev.pictor.trace;

/**
 * When a {@link DirectoryRunStore} forces lines to the disk. Every line is in the file when the call returns, so all of
 * these survive the end of the process ({@code kill -9}); they differ in what survives the end of the machine. More may
 * come; keep a {@code default} branch.
 */
public enum FsyncPolicy {
    /** Never; the system writes when it likes. Pictures are not forced either. */
    NONE,
    /** Once a second, by a thread of the store, and when a run ends. A power cut costs a second. */
    INTERVAL,
    /**
     * What a run resumes from (the journal's lines) and the end of each stage, call and run. A power cut costs what
     * happened since the last of them.
     */
    MILESTONES,
    /** Each line. */
    EVERY
}
