package dev.plumbline.core.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementsTest {
    private static final Statement KNOWN = said(Statement.State.ACKNOWLEDGED, 1, "");
    private static final Statement PROMISE = said(Statement.State.FIXED, 2, "575cc706f1aa");
    private static final Statement ACCEPTED = said(Statement.State.ACCEPTED, 3, "");

    private static Statement said(Statement.State state, long day, String fixedBy) {
        Instant at = Instant.parse("2026-01-01T12:00:00Z").plusSeconds(86_400 * day);
        return new Statement(state, "i00000001", "Ann", at, Optional.empty(), fixedBy, "");
    }

    @Test
    void what_was_said_last_holds() {
        Statements both = Statements.NONE.then(KNOWN).then(PROMISE);

        assertThat(both).isEqualTo(new Statements(Optional.of(PROMISE), Optional.empty()));
        assertThat(both.and(ACCEPTED).holding()).contains(ACCEPTED);
        assertThat(Statements.NONE.then(ACCEPTED).and(KNOWN).holding()).contains(ACCEPTED);
        assertThat(Statements.NONE.and(KNOWN).holding()).contains(KNOWN);
    }

    @Test
    void a_broken_promise_is_told_until_something_else_is_said_and_what_was_said_before_holds() {
        Statements broken = Statements.NONE.then(KNOWN).thenBroken(PROMISE);

        assertThat(broken).isEqualTo(new Statements(Optional.of(KNOWN), Optional.of(PROMISE)));
        assertThat(broken.stream()).containsExactly(KNOWN, PROMISE);
        assertThat(broken.then(ACCEPTED).broken()).isEmpty();
        assertThat(broken.and(ACCEPTED)).isEqualTo(new Statements(Optional.of(ACCEPTED), Optional.empty()));
        assertThat(Statements.NONE.thenBroken(PROMISE).and(KNOWN)).isEqualTo(broken);
    }

    @Test
    void others_count_where_nothing_was_said() {
        Statements known = Statements.NONE.then(KNOWN);

        assertThat(Statements.NONE.or(known)).isEqualTo(known);
        assertThat(known.or(Statements.NONE.then(ACCEPTED))).isEqualTo(known);
        assertThat(Statements.NONE.thenBroken(PROMISE).or(known).holding()).isEmpty();
    }

    @Test
    void a_broken_promise_is_told_with_its_commit_who_made_it_and_when() {
        assertThat(PROMISE.asBroken())
                .isEqualTo("was said to be fixed by 575cc706f1 (by Ann, 2026-01-03), and is still there");
        assertThat(said(Statement.State.FIXED, 0, "c33").asBroken()).contains("fixed by c33 (");
        assertThat(said(Statement.State.FIXED, 0, "\uD83D\uDE80".repeat(12)).asBroken())
                .contains("fixed by " + "\uD83D\uDE80".repeat(10) + " (");
        assertThatThrownBy(KNOWN::asBroken).isInstanceOf(IllegalArgumentException.class);
    }
}
