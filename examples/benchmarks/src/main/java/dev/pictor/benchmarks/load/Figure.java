package dev.pictor.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measured number, and what it is to be.
 *
 * @param target such as {@code P1}
 * @param what what was measured
 * @param value the number
 * @param unit of the number and of the bound
 * @param relation {@code <=} or {@code >=}, null for a number that is only told
 * @param bound what the number is compared with, null with a null relation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
        String target,
        String what,
        double value,
        String unit,
        @Nullable String relation,
        @Nullable Double bound) {

    static Figure atMost(String target, String what, double value, String unit, double bound) {
        return new Figure(target, what, value, unit, "<=", bound);
    }

    static Figure atMost(String target, String what, long value, String unit, long bound) {
        return atMost(target, what, (double) value, unit, (double) bound);
    }

    static Figure atLeast(String target, String what, double value, String unit, double bound) {
        return new Figure(target, what, value, unit, ">=", bound);
    }

    static Figure told(String target, String what, double value, String unit) {
        return new Figure(target, what, value, unit, null, null);
    }

    static Figure told(String target, String what, long value, String unit) {
        return told(target, what, (double) value, unit);
    }

    /** Whether the number is as it is to be, null if it need not be anything. A number that is none is not met. */
    @JsonProperty
    @Nullable
    Boolean met() {
        if (relation == null || bound == null) {
            return null;
        }
        return relation.equals("<=") ? value <= bound : value >= bound;
    }

    @JsonIgnore
    String measured() {
        return number(value) + " " + unit;
    }

    @JsonIgnore
    String wanted() {
        return relation == null || bound == null ? "" : relation + " " + number(bound) + " " + unit;
    }

    private static String number(double value) {
        double size = Math.abs(value);
        int decimals = value == Math.rint(value) || size >= 1_000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
