package dev.plumbline.report.html;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.BranchIncidents;
import dev.plumbline.report.Report;
import dev.plumbline.report.content.SeriesDetail;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A report with everything that its page shows in addition to the findings.
 *
 * @param report the conclusions
 * @param exhibits by the key of the finding they belong to; a finding may have none
 * @param reference the runs whose environment the candidates' is compared with; may be empty
 * @param incidents what is wrong with the branch that the runs were judged against
 */
public record DetailedReport(
        Report report, Map<SeriesKey, SeriesDetail> exhibits, List<RunInfo> reference, BranchIncidents incidents) {
    public DetailedReport {
        requireNonNull(report, "report");
        requireNonNull(incidents, "incidents");
        exhibits = Map.copyOf(exhibits);
        reference = List.copyOf(reference);
    }

    /** A report without a search for incidents. */
    public DetailedReport(Report report, Map<SeriesKey, SeriesDetail> exhibits, List<RunInfo> reference) {
        this(report, exhibits, reference, BranchIncidents.NONE);
    }

    /** A report with nothing beside it. */
    public static DetailedReport bare(Report report) {
        return new DetailedReport(report, Map.of(), List.of());
    }

    /** The same with what is wrong with the branch. */
    public DetailedReport with(BranchIncidents others) {
        return new DetailedReport(report, exhibits, reference, others);
    }

    /** The runs that a page of it may name. */
    public Set<RunInfo> runs() {
        // by identity: series share the very objects of their runs, mostly whole columns of them
        Set<RunInfo> runs = Collections.newSetFromMap(new IdentityHashMap<>());
        runs.addAll(report.candidates());
        runs.addAll(reference);
        Optional<PackedPoints> last = Optional.empty();
        for (SeriesDetail detail : exhibits.values()) {
            PackedPoints points = PackedPoints.of(detail.course().points());
            if (last.filter(points::haveRunsOf).isEmpty()) {
                runs.addAll(points.runs());
            }
            last = Optional.of(points);
        }
        report.findings().stream()
                .flatMap(finding -> finding.baseline().stream())
                .flatMap(DetailedReport::ends)
                .forEach(runs::add);
        return runs;
    }

    private static Stream<RunInfo> ends(Baseline baseline) {
        return Stream.of(baseline.first(), baseline.last());
    }
}
