package dev.plumbline.pipeline.history;

import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.SeriesQuery;

/** Selects the incidents and regressions of a query. */
final class IncidentSelector {
    private IncidentSelector() {}

    /** Whether one of its series is selected. */
    static boolean isSelected(Case one, SeriesQuery query) {
        return one.incident().shifts().stream().anyMatch(shift -> isSelected(shift.key(), query));
    }

    static boolean isSelected(SeriesKey key, SeriesQuery query) {
        return query.benchmark().map(pattern -> pattern.matches(key)).orElse(true)
                && query.metric().map(key.metric()::equals).orElse(true)
                && query.environment().map(key.environment()::equals).orElse(true);
    }
}
