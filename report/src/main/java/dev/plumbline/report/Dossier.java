package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import java.util.List;
import java.util.Map;

/**
 * A report with everything that its page shows beside the conclusions.
 *
 * @param report the conclusions
 * @param exhibits by the key of the finding they belong to; a finding may have none
 * @param reference the runs whose environment the candidates' is compared with; may be empty
 */
public record Dossier(Report report, Map<SeriesKey, Exhibit> exhibits, List<RunInfo> reference) {
    public Dossier {
        requireNonNull(report, "report");
        exhibits = Map.copyOf(exhibits);
        reference = List.copyOf(reference);
    }

    /** A report with nothing beside it. */
    public static Dossier bare(Report report) {
        return new Dossier(report, Map.of(), List.of());
    }
}
