package dev.pictor.prompts;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What {@link PromptLint} found. Immutable. */
public final class PromptLintReport {

    private final List<PromptFinding> findings;
    private final int files;

    PromptLintReport(Collection<PromptFinding> findings, int files) {
        this.findings = findings.stream().distinct().sorted(PromptFinding.ORDER).toList();
        this.files = files;
    }

    /**
     * Returns what was found.
     *
     * @return the findings by path, origin, line, rule and message
     */
    public List<PromptFinding> findings() {
        return findings;
    }

    /**
     * Returns what was found in a file.
     *
     * @param path the file's path in its source
     * @return the findings, in the same order
     */
    public List<PromptFinding> findings(String path) {
        return findings.stream().filter(finding -> finding.path().equals(path)).toList();
    }

    /**
     * Returns the errors.
     *
     * @return the findings of that severity, in the same order
     */
    public List<PromptFinding> errors() {
        return of(PromptFinding.Severity.ERROR);
    }

    /**
     * Returns the warnings.
     *
     * @return the findings of that severity, in the same order
     */
    public List<PromptFinding> warnings() {
        return of(PromptFinding.Severity.WARNING);
    }

    private List<PromptFinding> of(PromptFinding.Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    /**
     * Returns whether nothing was found.
     *
     * @return true if there are no findings
     */
    public boolean isClean() {
        return findings.isEmpty();
    }

    /**
     * Returns how many files were looked at.
     *
     * @return prompts, partials and files of settings, 0 or more
     */
    public int files() {
        return files;
    }

    /**
     * Returns the numbers.
     *
     * @return such as {@code 2 errors and 1 warning in 12 files}
     */
    public String summary() {
        return count(errors().size(), "error") + " and " + count(warnings().size(), "warning") + " in "
                + count(files, "file");
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /**
     * Returns the report for people.
     *
     * @return a line for each finding, then the summary
     */
    @Override
    public String toString() {
        return findings.stream().map(finding -> finding + "\n").collect(Collectors.joining()) + summary();
    }
}
