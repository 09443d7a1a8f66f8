package dev.plumbline.pipeline.history;

import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.SeriesQuery;

/** Which incidents and regressions a query asks for. */
final class MeantIncidents {
    private MeantIncidents() {}

    /** Whether one of its series is selected. */
    static boolean isMeant(Case one, SeriesQuery query) {
        return one.incident().shifts().stream().anyMatch(shift -> isMeant(shift.key(), query));
    }

    static boolean isMeant(SeriesKey key, SeriesQuery query) {
        return query.benchmark().map(pattern -> pattern.matches(key)).orElse(true)
                && query.metric().map(key.metric()::equals).orElse(true)
                && query.environment().map(key.environment()::equals).orElse(true);
    }
}
