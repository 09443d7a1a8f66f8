package dev.plumbline.core.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnnotationTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-31T23:59:59Z");

    private static Annotation stated(Annotation.Kind state, String fixedBy) {
        return Annotation.of(
                state,
                new Annotation.Origin("i0badcafe", "Ann", MIDNIGHT, ""),
                state == Annotation.Kind.MUTED ? Optional.of(Instant.parse("2099-01-01T00:00:00Z")) : Optional.empty(),
                fixedBy);
    }

    @ParameterizedTest
    @EnumSource(value = Annotation.Kind.class, names = "FIXED", mode = EnumSource.Mode.EXCLUDE)
    void nothing_but_what_is_fixed_has_a_revision_that_fixed_it(Annotation.Kind state) {
        assertThat(stated(state, "").kind()).isEqualTo(state);
        assertThatThrownBy(() -> stated(state, "c1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_fixed_has_one() {
        assertThatThrownBy(() -> stated(Annotation.Kind.FIXED, "")).isInstanceOf(IllegalArgumentException.class);
    }
}
