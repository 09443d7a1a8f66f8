package dev.plumbline.pipeline.history;

import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.SeriesQuery;
import java.time.Instant;

/** Which incidents and regressions a query asks for. */
final class MeantIncidents {
    private MeantIncidents() {}

    /** When a regression that checks have called was committed, or else measured. */
    static Instant time(CalledRegression one) {
        return one.since()
                .header()
                .revision()
                .commitTime()
                .orElse(one.since().header().time());
    }

    /** Whether one of its series is meant. */
    static boolean isMeant(Case one, SeriesQuery query) {
        return one.incident().shifts().stream().anyMatch(shift -> isMeant(shift.key(), query));
    }

    static boolean isMeant(SeriesKey key, SeriesQuery query) {
        return query.benchmark().map(pattern -> pattern.matches(key)).orElse(true)
                && query.metric().map(key.metric()::equals).orElse(true)
                && query.environment().map(key.environment()::equals).orElse(true);
    }
}
