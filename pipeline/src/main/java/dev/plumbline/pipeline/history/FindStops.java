package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.snapshot.BranchHistory;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.Report;
import dev.plumbline.report.Words;
import dev.plumbline.report.answer.NewestRun;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.shape.SeriesHeadline;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds why checks of the newest runs of some branches do not pass. */
public final class FindStops {
    private final Workspace workspace;

    /** With the thresholds and the gate of the configuration. */
    public FindStops(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * The reasons that fail or hold the newest runs.
     *
     * @param all one for each branch whose newest run does not pass
     * @param judged the reports of newest runs that are single ones, whether they pass or not: who needs a judgement of
     *     one of them need not make it again
     */
    public record Stops(List<NewestRun> all, List<Report> judged) {
        public static final Stops NONE = new Stops(List.of(), List.of());

        public Stops {
            all = List.copyOf(all);
            judged = List.copyOf(judged);
        }

        /** That a newest run is worse as a whole, which rows of single series do not show. */
        public List<String> together() {
            return all.stream()
                    .flatMap(
                            one -> Words.wholeSuite(one.report())
                                    .map(words -> (all.size() > 1 ? branch(one) + ": " : "") + words)
                                    .stream())
                    .toList();
        }

        private static String branch(NewestRun one) {
            return one.report().candidates().get(0).header().revision().branch();
        }

        /**
         * As far as no row of a list shows it.
         *
         * @param shown the rows
         */
        public List<NewestRun> besides(List<AnalyzedSeries> shown) {
            if (all.isEmpty()) {
                return all;
            }
            return all.stream()
                    .flatMap(one -> NewestRun.of(one.report(), Rows.of(shown, branch(one))::show).stream())
                    .toList();
        }
    }

    /**
     * One for each selected branch whose newest run fails or holds the gate; none if every branch is selected and none
     * is the main branch. Asked before the series are read, so that a large history is in memory once.
     */
    public Stops find(BranchSelector branches) throws IOException {
        Policies policies =
                workspace.configuration().thresholds(workspace.configuration().policy());
        PeriodReading reading = new PeriodReading(
                workspace, policies, workspace.configuration().gateInForce().policy(policies));
        List<NewestRun> stopped = new ArrayList<>();
        List<Report> judged = new ArrayList<>();
        try (RunStore store = workspace.openExisting()) {
            for (SeriesQuery query : branches.queries()) {
                if (query.branch().isEmpty()) {
                    continue;
                }
                Optional<BranchHistory> history = reading.history(query, store);
                Optional<PeriodReading.Newest> found = reading.newest(store, query, history, Optional.empty());
                found.map(PeriodReading.Newest::report)
                        .filter(report -> report.candidates().size() == 1)
                        .ifPresent(judged::add);
                found.filter(newest -> newest.isBetween(query.since().orElse(Instant.MIN), Instant.MAX))
                        .flatMap(newest -> NewestRun.of(newest.report(), reason -> false))
                        .ifPresent(stopped::add);
            }
        }
        return new Stops(stopped, judged);
    }

    /**
     * The series and benchmarks in the rows of a list.
     *
     * @param urgent the series that need attention, without their branch: a finding may have the key of its base
     * @param shown the benchmarks, each in its environment, whose rows already show whether the newest run should have
     *     measured them
     */
    private record Rows(Set<SeriesKey> urgent, Set<BenchmarkAnswer.Place> shown) {
        static Rows of(List<AnalyzedSeries> shown, String branch) {
            return new Rows(
                    shown.stream()
                            .filter(one -> SeriesHeadline.needsAction(one) || SeriesHeadline.failedLast(one))
                            .map(one -> one.series().key().on(Revision.DEFAULT_BRANCH))
                            .collect(Collectors.toSet()),
                    shown.stream()
                            .filter(one -> one.series().key().branch().equals(branch)
                                    || one.analysis().warnings().stream()
                                            .anyMatch(AnalysisWarning.Unmeasured.class::isInstance))
                            .map(one -> BenchmarkAnswer.Place.of(one.series().key()))
                            .collect(Collectors.toSet()));
        }

        /** Whether a row shows it; where a benchmark is missing, its row has whether it was to be expected. */
        boolean show(GateReason reason) {
            if (!(reason.cause() instanceof Cause.OfSeries one)) {
                return false;
            }
            return switch (reason.kind()) {
                case REGRESSION, TOO_GOOD -> urgent.contains(one.key().on(Revision.DEFAULT_BRANCH));
                case MISSING -> shown.contains(BenchmarkAnswer.Place.of(one.key()));
                case SUSPECT, BUDGET, COPIED, NEW, NOTHING, UNKNOWN -> false;
            };
        }
    }
}
