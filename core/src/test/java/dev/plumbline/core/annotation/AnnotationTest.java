package dev.plumbline.core.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnnotationTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-31T23:59:59Z");

    private static Annotation said(Annotation.Kind state, String fixedBy) {
        return Annotation.of(
                state,
                new Annotation.Origin("i0badcafe", "Ann", MIDNIGHT, ""),
                state == Annotation.Kind.MUTED ? Optional.of(Instant.parse("2099-01-01T00:00:00Z")) : Optional.empty(),
                fixedBy);
    }

    private static Annotation.Fixed fixed(String commit) {
        return (Annotation.Fixed) said(Annotation.Kind.FIXED, commit);
    }

    @ParameterizedTest
    @EnumSource(value = Annotation.Kind.class, names = "FIXED", mode = EnumSource.Mode.EXCLUDE)
    void nothing_but_what_is_fixed_has_a_revision_that_fixed_it(Annotation.Kind state) {
        assertThat(said(state, "").kind()).isEqualTo(state);
        assertThatThrownBy(() -> said(state, "c1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_fixed_has_one() {
        assertThatThrownBy(() -> said(Annotation.Kind.FIXED, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"575cc706f1d2, 575cc706f1", "575cc706f1, 575cc706f1", "v1.0, v1.0"})
    void a_broken_promise_tells_the_beginning_of_the_commit_and_the_day(String commit, String told) {
        assertThat(fixed(commit).asBroken())
                .isEqualTo("was said to be fixed by " + told + " (by Ann, 2026-01-31), and is still there");
    }

    @Test
    void a_character_of_two_units_is_not_cut_in_two() {
        assertThat(fixed("\uD83D\uDE00".repeat(11)).asBroken())
                .startsWith("was said to be fixed by " + "\uD83D\uDE00".repeat(10) + " (by ");
    }
}
