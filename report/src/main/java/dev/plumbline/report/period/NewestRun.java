package dev.plumbline.report.period;

import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.GateStop;
import dev.plumbline.report.Headline;
import dev.plumbline.report.Report;
import dev.plumbline.report.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why the check of a period's newest run does not pass, as far as no incident and no detected regression of the period
 * says it: a benchmark that is missing, a result too good to be true, another JVM.
 *
 * @param report of the newest run
 * @param reasons what fails or holds the gate, worst first; at least one
 */
record NewestRun(Report report, List<GateReason> reasons) {
    NewestRun {
        reasons = List.copyOf(reasons);
    }

    /** Empty where the newest run passes, or only for what the period says of its own. */
    static Optional<NewestRun> of(PeriodReport periodReport) {
        return periodReport.newestRun().flatMap(report -> {
            List<SeriesKey> worse = worse(periodReport);
            List<GateReason> reasons = report.gate().trace().stream()
                    .filter(reason -> reason.effect() != GatePolicy.Effect.PASS)
                    .filter(reason -> !isChangeOf(worse, reason))
                    .toList();
            return reasons.isEmpty() ? Optional.empty() : Optional.of(new NewestRun(report, reasons));
        });
    }

    /** Whether it is a regression, or perhaps one; a finding of a branch may have the key of its base. */
    private static boolean isChangeOf(List<SeriesKey> series, GateReason reason) {
        return (reason.kind() == GateReason.Kind.REGRESSION || reason.kind() == GateReason.Kind.SUSPECT)
                && reason.cause() instanceof Cause.OfSeries one
                && series.stream().anyMatch(one.key()::isSameOnAnyBranch);
    }

    /** The series that the period shows as worse; not where that is accepted: more of it is another change. */
    private static List<SeriesKey> worse(PeriodReport periodReport) {
        return Stream.concat(
                        periodReport.called().stream().map(CalledRegression::key),
                        Stream.concat(periodReport.cases().stream(), periodReport.earlier().stream())
                                .filter(one -> one.state() != Case.State.ACCEPTED)
                                .flatMap(one -> one.incident().shifts().stream())
                                .filter(shift ->
                                        shift.worse() && shift.recovery().isEmpty())
                                .map(Shift::key))
                .distinct()
                .toList();
    }

    /** Whether it fails the gate, rather than holds it. */
    boolean fails() {
        return reasons.stream().anyMatch(reason -> reason.effect() == GatePolicy.Effect.CLOSE);
    }

    /** A line for each benchmark, worst first. */
    List<GateStop> stops() {
        return GateStop.of(reasons, report);
    }

    /** {@code newest run (commit 0abc000c00) fails: Sort.quick is missing from this run — and 2 more reasons}. */
    String sentence() {
        List<GateStop> stops = stops();
        return "newest run" + commit() + (fails() ? " fails: " : " is held: ")
                + (stops.isEmpty()
                        ? Headline.counts(report, reasons)
                        : stops.get(0).words())
                + (stops.size() < 2 ? "" : " — and " + Words.count(stops.size() - 1, "more reason", "more reasons"));
    }

    /** {@code newest run (commit 0abc000c00): FAIL, 1 missing}: as the check's first line has it. */
    String words() {
        return "newest run" + commit() + ": " + counts();
    }

    /** {@code FAIL, 1 missing}. */
    String counts() {
        String counts = Headline.counts(report, reasons);
        return (fails() ? "FAIL" : "HOLD") + (counts.isEmpty() ? "" : ", " + counts);
    }

    /** {@code  (commit 0abc000c00)} behind a space; empty where it is not known. */
    private String commit() {
        return report.candidates().stream()
                .map(run -> run.header().revision())
                .filter(Revision::isKnown)
                .findFirst()
                .map(revision -> " (commit " + revision.shortCommit() + ")")
                .orElse("");
    }
}
