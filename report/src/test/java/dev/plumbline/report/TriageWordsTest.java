package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.terminal.TerminalText;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriageWordsTest {
    private static final String COMMIT = "3f2a1c9d00aabbccddee";
    private static final AlreadyOpen ON_MAIN = new AlreadyOpen("main", COMMIT, Optional.empty());

    private static Annotation stated(Annotation.Kind kind, String by, String reason) {
        return Annotation.of(
                kind,
                new Annotation.Origin("a79970412", by, Instant.parse("2026-01-31T23:59:59Z"), reason),
                kind == Annotation.Kind.MUTED ? Optional.of(Instant.parse("2026-03-01T00:00:00Z")) : Optional.empty(),
                kind == Annotation.Kind.FIXED ? "575cc706f1aabb" : "");
    }

    /** A run of a commit that nobody named. */
    private static RunInfo unknown() {
        return new RunInfo(
                "00112233445566778899aabbccddee11",
                new RunHeader(
                        Revision.unknown(),
                        Environment.unknown().named(Examples.ENVIRONMENT),
                        Optional.empty(),
                        Instant.parse("2026-11-09T00:00:00Z"),
                        Collections.emptySortedMap()));
    }

    private static CalledRegression called(RunInfo since, RunInfo begun, double before, double after) {
        return new CalledRegression(Examples.key("Sort.quick", "time"), 9, since, before, after, begun, Annotated.NONE);
    }

    @Test
    void a_statement_names_its_kind_its_author_its_day_its_id_and_its_reason() {
        assertThat(TriageWords.stated(stated(Annotation.Kind.ACCEPTED, "ann", "stricter checks")))
                .isEqualTo("accepted by ann on 2026-01-31 (a79970412): stricter checks");
        assertThat(TriageWords.stated(stated(Annotation.Kind.MUTED, "ann", "")))
                .isEqualTo("muted by ann on 2026-01-31 until 2026-03-01 (a79970412)");
        assertThat(TriageWords.stated(stated(Annotation.Kind.FALSE_ALARM, "ann", "  ")))
                .isEqualTo("false alarm by ann on 2026-01-31 (a79970412)");
        assertThat(TriageWords.stated(stated(Annotation.Kind.FIXED, "ann", "")))
                .isEqualTo("fix promised with 575cc706f1 by ann on 2026-01-31 (a79970412)");
    }

    @Test
    void a_promise_that_did_not_hold_stands_behind_what_holds() {
        Annotation.Fixed promise = (Annotation.Fixed) stated(Annotation.Kind.FIXED, "Ben", "soon");
        String broken = "should have been fixed by 575cc706f1 (by Ben, 2026-01-31) but persists";

        assertThat(TriageWords.stated(Annotated.NONE)).isEmpty();
        assertThat(TriageWords.stated(Annotated.NONE.thenBroken(promise))).isEqualTo(broken);
        assertThat(TriageWords.stated(new Annotated(
                        Optional.of(stated(Annotation.Kind.ACKNOWLEDGED, "ann", "")), Optional.of(promise))))
                .isEqualTo("acknowledged by ann on 2026-01-31 (a79970412); " + broken);
    }

    @Test
    void what_is_open_on_the_base_names_branch_commit_author_and_incident_as_far_as_they_are_known() {
        CommitAuthors authors = new CommitAuthors(Map.of(COMMIT, "Jane Doe <jane@example.org>"));

        assertThat(TriageWords.alreadyOpen(ON_MAIN.in("i1f2e3d4c"), authors))
                .isEqualTo("already open on main since 3f2a1c9d00 by Jane Doe (i1f2e3d4c)");
        assertThat(TriageWords.alreadyOpen(new AlreadyOpen("main", "", Optional.empty())))
                .isEqualTo("already open on main");
        assertThat(TriageWords.alreadyOpen(ON_MAIN.unsure())).isEqualTo("open on main too, since 3f2a1c9d00");
        assertThat(TriageWords.alreadyOpen(new AlreadyOpen("main", "", Optional.of("i1")).unsure()))
                .as("without a commit nothing follows a comma")
                .isEqualTo("open on main too (i1)");
    }

    @ParameterizedTest
    @CsvSource({
        "true, abc, 5c0ffee123456, "
                + "'open on main when this branch started (since abc), fixed on main since with 5c0ffee123'",
        "true, abc, '', 'open on main when this branch started (since abc), fixed on main since'",
        "true, '', '', 'open on main when this branch started, fixed on main since'",
        "false, abc, def, 'open on main before (since abc), fixed on main since with def'"
    })
    void what_the_base_has_mended_since_tells_both_commits(boolean sure, String commit, String fixed, String words) {
        AlreadyOpen open = new AlreadyOpen("main", commit, Optional.empty(), sure, Optional.of(fixed));

        assertThat(TriageWords.alreadyOpenSince(open, CommitAuthors.UNKNOWN)).isEqualTo(words);
    }

    @Test
    void what_the_base_has_mended_is_got_by_a_merge() {
        AlreadyOpen fixed = ON_MAIN.fixedWith("5c0ffee123");

        assertThat(TriageWords.fixedOnBase(fixed, "Crc.update +8.0 %", CommitAuthors.UNKNOWN))
                .isEqualTo("open on main when this branch started, fixed on main since: merge main (Crc.update"
                        + " +8.0 %, since 3f2a1c9d00)");
        assertThat(TriageWords.fixedOnBase(
                        new AlreadyOpen("main", "", Optional.empty()).fixedWith(""), "a", CommitAuthors.UNKNOWN))
                .isEqualTo("open on main when this branch started, fixed on main since: merge main (a)");
        assertThat(TriageWords.openElsewhere(fixed)).isEqualTo("fixed on main since this branch started");
        assertThat(TriageWords.openElsewhere(fixed.unsure())).isEqualTo("fixed on main");
    }

    private static String known(Finding finding) {
        Report report = Situation.with(GatePolicy.DEFAULT, List.of(finding), List.of());
        return TriageWords.known(report).keySet().iterator().next();
    }

    @Test
    void what_is_known_says_what_to_do_where_nobody_recorded_anything() {
        Finding worse = Situation.worse("Sort.quick", 0.24);

        assertThat(known(worse.with(ON_MAIN.in("i1"))))
                .isEqualTo("already open on main since 3f2a1c9d00 (i1), not caused by this branch: plumb incidents i1");
        assertThat(known(worse.with(ON_MAIN)))
                .isEqualTo("already open on main since 3f2a1c9d00, not caused by this branch: plumb explain "
                        + worse.id());
        assertThat(known(worse.with(ON_MAIN.unsure())))
                .isEqualTo("open on main too, since 3f2a1c9d00; a shallow clone hides whether this branch has that"
                        + " commit (use fetch-depth: 0): plumb explain " + worse.id());
        assertThat(known(worse.with(ON_MAIN.fixedWith("def")))).endsWith(" since with def: merge main");
        assertThat(known(worse.with(stated(Annotation.Kind.ACCEPTED, "ann", "yes"))))
                .isEqualTo("accepted by ann on 2026-01-31 (a79970412): yes");
    }

    @Test
    void benchmarks_with_the_same_cause_stand_in_one_entry() {
        List<Finding> findings = List.of(
                Situation.worse("A", 0.2).with(ON_MAIN),
                Situation.worse("B", 0.3).with(ON_MAIN),
                Situation.worse("C", 0.1).with(ON_MAIN.unsure()));

        assertThat(TriageWords.known(Situation.with(GatePolicy.DEFAULT, findings, List.of()))
                        .values())
                .extracting(List::size)
                .containsExactlyInAnyOrder(2, 1);
    }

    @Test
    void a_called_regression_names_its_commit_its_author_and_what_it_came_on() {
        RunInfo run = Examples.run(9, "abcdef0123456789");

        assertThat(TriageWords.called(called(run, run, 100, 120)))
                .isEqualTo("Sort.quick time +20.0 % with commit abcdef0123 on main");
        assertThat(TriageWords.called(
                        called(run, Examples.run(5, "fedcba9876543210"), 100, 120),
                        new CommitAuthors(Map.of("abcdef0123456789", "Jane"))))
                .isEqualTo("Sort.quick time +20.0 % with commit abcdef0123 on main by Jane, on top of the change at"
                        + " fedcba9876");
    }

    @Test
    void a_called_regression_of_unknown_commits_says_so_in_a_sentence() {
        assertThat(TriageWords.called(called(unknown(), unknown(), 0, 24)))
                .isEqualTo("Sort.quick time +∞ with an unknown commit on main");
        assertThat(TriageWords.called(called(Examples.run(9, "abc"), unknown(), 100, 120)))
                .endsWith(", on top of the change at an unknown commit");
    }

    @Test
    void a_young_series_tells_both_levels_and_both_ways_out() {
        EarlyLoss loss = new EarlyLoss(
                Examples.key("Sort", Map.of("n", "it's"), "time"),
                Examples.MILLISECONDS,
                3,
                6,
                100,
                125,
                Examples.run(3, "abcdef0123456789"));

        assertThat(TriageWords.early(loss))
                .isEqualTo("possible regression, not certain: the first 3 runs were at 100 ms, the 6 since at 125 ms:"
                        + " +25.0 % with commit abcdef0123 on main; 3 runs are few: run the commit before it again, or"
                        + " accept the newer level: plumb accept 'Sort {n=it'\\''s}' --reason WHY");
    }

    @Test
    void a_hostile_author_has_neither_lines_nor_controls_nor_room_for_a_page() {
        for (String author : Examples.HOSTILE) {
            String words = TriageWords.alreadyOpen(ON_MAIN, new CommitAuthors(Map.of(COMMIT, author)));

            assertThat(words).as(author).startsWith("already open on main since 3f2a1c9d00");
            assertThat(words.codePoints()).as(author).noneMatch(Harmless::isDangerous);
            assertThat(TerminalText.width(words)).as(author).isLessThanOrEqualTo(42 + 40);
        }
    }
}
