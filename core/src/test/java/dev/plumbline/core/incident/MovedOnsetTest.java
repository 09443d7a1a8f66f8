package dev.plumbline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The triage of a finding stays with its change when more runs move the estimated onset and size. */
class MovedOnsetTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** What is known of the only change of a history that a check called at some revision, as so large. */
    private static boolean isKnown(Histories histories, int called, double size) {
        Timeline timeline = histories.timeline();
        Shift shift = histories.tracks().get(0).shifts().get(0);
        SeriesKey key = shift.key();
        String since = Histories.commit(called);
        Triage triage = new Triage(
                Finding.id(key, since),
                Triage.Decision.ACKNOWLEDGED,
                Optional.empty(),
                "",
                "ann",
                NOON,
                "",
                List.of(new Triage.Subject(key, since, since, since, size)));
        CommitOrder order = new CommitOrder() {
            @Override
            public Timeline timeline(String branch) {
                return timeline;
            }

            @Override
            public Optional<Set<String>> ancestors(String commit) {
                return Optional.empty();
            }

            @Override
            public Set<String> between(String commit, String upTo) {
                return Set.of();
            }
        };
        Annotations annotations =
                new Annotations(new Annotations.Facts(List.of(), List.of(), List.of(triage)), NOON, order);
        return new IncidentAnnotations(annotations).of(shift).holding().isPresent();
    }

    /** The history has the change at revision 60 for certain; a check may be sure up to three runs later. */
    @ParameterizedTest
    @CsvSource({"58, true", "60, true", "63, true", "64, false", "56, false"})
    void a_check_that_was_late_means_the_change_that_began_before(int called, boolean isKnown) {
        Histories histories = new Histories(1).step("a", "ci", 120, 0.005, 60, 0.1);

        assertThat(isKnown(histories, called, 0.1)).isEqualTo(isKnown);
    }

    @Test
    void a_change_within_the_stretch_where_it_may_have_begun_is_the_same() {
        Histories histories = new Histories(17).step("a", "ci", 120, 0.03, 60, 0.06);
        ChangeLocation.Stretch credible =
                histories.tracks().get(0).shifts().get(0).where().credible();
        assertThat(credible.last() - credible.first()).isGreaterThan(4);

        assertThat(isKnown(histories, credible.first(), 0.06)).isTrue();
        assertThat(isKnown(histories, credible.last(), 0.06)).isTrue();
        assertThat(isKnown(histories, credible.first() - 5, 0.06)).isFalse();
        assertThat(isKnown(histories, credible.last() + 5, 0.06)).isFalse();
    }

    @Test
    void one_run_that_showed_less_by_chance_means_it_too_and_a_larger_change_is_another() {
        Histories histories = new Histories(2).step("a", "ci", 120, 0.01, 60, 0.1);

        assertThat(isKnown(histories, 60, 0.07)).isTrue();
        assertThat(isKnown(histories, 60, 0.03)).isFalse();
    }
}
