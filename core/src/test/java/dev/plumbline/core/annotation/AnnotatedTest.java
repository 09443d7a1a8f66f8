package dev.plumbline.core.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnnotatedTest {
    private static final Annotation KNOWN = stated(Annotation.Kind.ACKNOWLEDGED, 1, "");
    private static final Annotation.Fixed PROMISE = (Annotation.Fixed) stated(Annotation.Kind.FIXED, 2, "575cc706f1aa");
    private static final Annotation ACCEPTED = stated(Annotation.Kind.ACCEPTED, 3, "");

    private static Annotation stated(Annotation.Kind state, long day, String fixedBy) {
        Instant at = Instant.parse("2026-01-01T12:00:00Z").plusSeconds(86_400 * day);
        return Annotation.of(
                state,
                new Annotation.Origin("i00000001", "Ann", at, ""),
                state == Annotation.Kind.MUTED ? Optional.of(Instant.parse("2099-01-01T00:00:00Z")) : Optional.empty(),
                fixedBy);
    }

    @Test
    void what_was_said_last_holds() {
        Annotated both = Annotated.NONE.then(KNOWN).then(PROMISE);

        assertThat(both).isEqualTo(new Annotated(Optional.of(PROMISE), Optional.empty()));
        assertThat(both.and(ACCEPTED).holding()).contains(ACCEPTED);
        assertThat(Annotated.NONE.then(ACCEPTED).and(KNOWN).holding()).contains(ACCEPTED);
        assertThat(Annotated.NONE.and(KNOWN).holding()).contains(KNOWN);
    }

    @Test
    void a_broken_promise_is_told_until_something_else_is_said_and_what_was_said_before_holds() {
        Annotated broken = Annotated.NONE.then(KNOWN).thenBroken(PROMISE);

        assertThat(broken).isEqualTo(new Annotated(Optional.of(KNOWN), Optional.of(PROMISE)));
        assertThat(broken.stream()).containsExactly(KNOWN, PROMISE);
        assertThat(broken.then(ACCEPTED).broken()).isEmpty();
        assertThat(broken.and(ACCEPTED)).isEqualTo(new Annotated(Optional.of(ACCEPTED), Optional.empty()));
        assertThat(Annotated.NONE.thenBroken(PROMISE).and(KNOWN)).isEqualTo(broken);
    }

    @Test
    void others_count_where_nothing_was_said() {
        Annotated known = Annotated.NONE.then(KNOWN);

        assertThat(Annotated.NONE.or(known)).isEqualTo(known);
        assertThat(known.or(Annotated.NONE.then(ACCEPTED))).isEqualTo(known);
        assertThat(Annotated.NONE.thenBroken(PROMISE).or(known).holding()).isEmpty();
    }
}
