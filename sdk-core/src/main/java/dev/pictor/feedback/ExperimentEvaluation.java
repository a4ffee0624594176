package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what an experiment on prompts shows, or a flag that a share of users has: a two-sided z-test of two shares with pooled variance, once enough users have
 * rated. Each user counts once, by the first rating after the first exposure.
 */
public final class ExperimentEvaluation {

    private static final double SOUND_P = 0.001;
    private static final int MIN_EXPECTED = 5;

    private ExperimentEvaluation() {}

    /** A user, what arms there were, and the first rating. */
    private static final class Subject {
        private final Set<String> arms = new HashSet<>();
        private Optional<Boolean> satisfied = Optional.empty();
    }

    /**
     * Evaluates an experiment by the exposures that runs recorded.
     *
     * @param plan what was planned
     * @param runs the runs since it began, in any order; those of no user and of no arm are left out
     * @return what it shows
     */
    public static ExperimentResult of(ExperimentPlan plan, List<RatedRun> runs) {
        Map<UserKey, Subject> subjects = new LinkedHashMap<>();
        List<RatedRun> inOrder = runs.stream()
                .filter(run -> run.experiments().containsKey(plan.experiment()))
                .sorted(Comparator.comparing(RatedRun::time).thenComparing(RatedRun::runId))
                .toList();
        long nobodys = 0;
        for (RatedRun run : inOrder) {
            if (run.userKey().isEmpty()) {
                nobodys++;
                continue;
            }
            Subject subject = subjects.computeIfAbsent(run.userKey().get(), any -> new Subject());
            subject.arms.add(run.experiments().getOrDefault(plan.experiment(), ""));
            subject.satisfied = subject.satisfied.or(run::satisfied);
        }
        List<String> warnings = new ArrayList<>();
        if (nobodys > 0) {
            warnings.add(nobodys + " runs are of no user and do not count");
        }
        long moved = subjects.values().stream()
                .filter(subject -> subject.arms.size() > 1)
                .count();
        if (moved > 0) {
            warnings.add(
                    moved + " users saw several arms and do not count: the weights or the salt were changed under way");
        }
        return of(plan, count(plan.control(), subjects), count(plan.treatment(), subjects), warnings);
    }

    private static ArmCount count(String arm, Map<UserKey, Subject> subjects) {
        long exposed = 0;
        Proportion satisfied = new Proportion(0, 0);
        for (Subject subject : subjects.values()) {
            if (subject.arms.equals(Set.of(arm))) {
                exposed++;
                satisfied = subject.satisfied.map(satisfied::plus).orElse(satisfied);
            }
        }
        return new ArmCount(arm, exposed, satisfied);
    }

    /**
     * Evaluates an experiment by its counts.
     *
     * @param plan what was planned
     * @param control what came of the control
     * @param treatment what came of the treatment
     * @return what it shows
     */
    public static ExperimentResult of(ExperimentPlan plan, ArmCount control, ArmCount treatment) {
        return of(plan, control, treatment, List.of());
    }

    private static ExperimentResult of(
            ExperimentPlan plan, ArmCount control, ArmCount treatment, List<String> warnings) {
        requireNonNull(plan, "plan");
        TwoProportions test = TwoProportions.of(control.satisfied(), treatment.satisfied());
        double sound = sampleRatioP(plan, control.exposed(), treatment.exposed());
        boolean enough = control.satisfied().trials() >= plan.controlUsers()
                && treatment.satisfied().trials() >= plan.treatmentUsers();
        boolean differs = test.p() < plan.alphaOfALook();
        ExperimentVerdict verdict;
        if (sound < SOUND_P) {
            verdict = ExperimentVerdict.UNSOUND;
        } else if (!enough) {
            verdict = ExperimentVerdict.TOO_EARLY;
        } else if (!differs) {
            verdict = ExperimentVerdict.NO_DIFFERENCE;
        } else {
            verdict = test.z() > 0 ? ExperimentVerdict.BETTER : ExperimentVerdict.WORSE;
        }
        List<String> all = new ArrayList<>(warnings);
        all.addAll(warnings(plan, control, treatment, verdict, enough));
        return new ExperimentResultBuilder()
                .plan(plan)
                .verdict(verdict)
                .control(control)
                .treatment(treatment)
                .difference(
                        control.satisfied().trials() == 0
                                        || treatment.satisfied().trials() == 0
                                ? 0
                                : TwoProportions.difference(control.satisfied(), treatment.satisfied()))
                .bounds(TwoProportions.difference(control.satisfied(), treatment.satisfied(), 1 - plan.alphaOfALook()))
                .z(test.z())
                .p(test.p())
                .sampleRatioP(sound)
                .warnings(all)
                .build();
    }

    private static List<String> warnings(
            ExperimentPlan plan, ArmCount control, ArmCount treatment, ExperimentVerdict verdict, boolean enough) {
        List<String> warnings = new ArrayList<>();
        if (verdict == ExperimentVerdict.UNSOUND) {
            warnings.add("users came to the arms as " + control.exposed() + " and " + treatment.exposed()
                    + ", which is not the planned ratio of 1 to " + plan.ratio());
        }
        if (!enough) {
            warnings.add(
                    "it was looked at before enough users had rated: stopping now because of what p says would find "
                            + "differences where there are none");
        } else if (plan.looks() == 1) {
            warnings.add("this decides once: who looks again and again needs a plan with as many looks");
        }
        for (ArmCount arm : List.of(control, treatment)) {
            Proportion satisfied = arm.satisfied();
            if (Math.min(satisfied.successes(), satisfied.trials() - satisfied.successes()) < MIN_EXPECTED) {
                warnings.add(
                        "arm " + arm.arm() + " has fewer than 5 satisfied or unsatisfied users, so z and p are rough");
            }
        }
        return warnings;
    }

    /** By chi-square with one degree of freedom; 1 if nobody was exposed. */
    private static double sampleRatioP(ExperimentPlan plan, long control, long treatment) {
        double all = (double) control + treatment;
        if (all == 0) {
            return 1;
        }
        double expectedControl = all / (1 + plan.ratio());
        double expectedTreatment = all - expectedControl;
        double figure = (control - expectedControl) * (control - expectedControl) / expectedControl
                + (treatment - expectedTreatment) * (treatment - expectedTreatment) / expectedTreatment;
        return Statistics.chiSquareP(figure, 1);
    }
}
