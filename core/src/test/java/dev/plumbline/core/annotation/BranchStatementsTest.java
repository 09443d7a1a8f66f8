package dev.plumbline.core.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Statements about what a branch did, and about what is measured no longer. */
class BranchStatementsTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final SeriesKey BASE = new SeriesKey(Benchmark.of("Sort"), "time", "box", "master");

    private static final CommitOrder ORDER = new CommitOrder() {
        @Override
        public Timeline timeline(String branch) {
            return Timeline.of(IntStream.range(0, 20)
                    .mapToObj(number -> run(branch, number))
                    .toList());
        }

        @Override
        public Optional<Set<String>> ancestors(String commit) {
            return Optional.empty();
        }

        @Override
        public Set<String> between(String commit, String upTo) {
            return commit.equals(commit("feature", 3)) && upTo.startsWith("master")
                    ? IntStream.range(8, 20)
                            .mapToObj(number -> commit("master", number))
                            .collect(Collectors.toSet())
                    : Set.of();
        }
    };

    private static String commit(String branch, int number) {
        return branch + "-commit-" + number;
    }

    private static RunInfo run(String branch, int number) {
        return new RunInfo(
                branch + number,
                new RunHeader(
                        Revision.of(commit(branch, number), branch),
                        Environment.unknown(),
                        Optional.of(NOON.plusSeconds(number)),
                        NOON,
                        Collections.emptySortedMap()));
    }

    private static Annotations acknowledged(String branch, int number, double change) {
        String since = commit(branch, number);
        SeriesKey key = BASE.on(branch);
        return new Annotations(
                new Annotations.Facts(
                        List.of(),
                        List.of(),
                        List.of(new Triage(
                                Finding.id(key, since),
                                Triage.Decision.ACKNOWLEDGED,
                                Optional.empty(),
                                "",
                                "ann",
                                NOON,
                                "",
                                List.of(new Triage.Subject(key, since, since, since, change))))),
                NOON,
                ORDER);
    }

    /** What was said of a change of the base's series that a run of a branch shows. */
    private static boolean isKnown(Annotations stated, String branch, int number, double change) {
        return stated.of(
                        new ObservedChange(BASE, commit(branch, number), change, 0),
                        OptionalDouble.empty(),
                        List.of(run(branch, number)),
                        List.of())
                .holding()
                .isPresent();
    }

    @Test
    void what_was_said_of_a_branchs_commit_holds_for_all_later_ones() {
        Annotations stated = acknowledged("feature", 3, 0.3);

        assertThat(isKnown(stated, "feature", 3, 0.3)).isTrue();
        assertThat(isKnown(stated, "feature", 15, 0.3)).isTrue();
        assertThat(isKnown(stated, "feature", 15, 0.4)).as("larger").isFalse();
        assertThat(isKnown(stated, "feature", 2, 0.3)).as("before").isFalse();
        assertThat(isKnown(stated, "other", 5, 0.3)).as("another branch").isFalse();
    }

    /** The finding two runs later is another one, however near and as large. */
    @Test
    void what_was_said_of_a_finding_near_by_is_not_of_one_that_was_spoken_of_itself() {
        Triage known = triage(Triage.Decision.ACKNOWLEDGED, 3, 0.16);
        Triage alarm = triage(Triage.Decision.FALSE_ALARM, 5, 0.13);
        Annotations both =
                new Annotations(new Annotations.Facts(List.of(), List.of(), List.of(known, alarm)), NOON, ORDER);

        assertThat(kind(both, 3, 0.16)).contains(Annotation.Kind.ACKNOWLEDGED);
        assertThat(kind(both, 5, 0.13)).contains(Annotation.Kind.FALSE_ALARM);
        assertThat(both.outgrown(new ObservedChange(BASE, commit("master", 3), 0.5, 0)))
                .hasValueSatisfying(one -> assertThat(one.size()).isEqualTo(0.16));
        assertThat(both.outgrown(new ObservedChange(BASE, commit("master", 3), 0.17, 0)))
                .isEmpty();
        assertThat(both.outgrown(new ObservedChange(BASE, commit("master", 4), 0.5, 0)))
                .isEmpty();
    }

    private static Triage triage(Triage.Decision decision, int number, double change) {
        String since = commit("master", number);
        return new Triage(
                BASE.id() + "-" + number,
                decision,
                Optional.empty(),
                "",
                "ann",
                NOON,
                "",
                List.of(new Triage.Subject(BASE, since, since, since, change)));
    }

    private static Optional<Annotation.Kind> kind(Annotations stated, int number, double change) {
        return stated.of(
                        new ObservedChange(BASE, commit("master", number), change, 0),
                        OptionalDouble.empty(),
                        List.of(run("master", number)),
                        List.of())
                .holding()
                .map(Annotation::kind);
    }

    @Test
    void it_holds_for_the_base_where_that_takes_the_commit() {
        Annotations stated = acknowledged("feature", 3, 0.3);

        assertThat(isKnown(stated, "master", 8, 0.3)).isTrue();
        assertThat(isKnown(stated, "master", 11, 0.3)).isTrue();
        assertThat(isKnown(stated, "master", 5, 0.3)).as("before").isFalse();
        assertThat(isKnown(stated, "master", 15, 0.3)).as("another change").isFalse();
    }

    @Test
    void what_was_said_of_the_base_ends_with_the_commits_that_may_have_begun_it() {
        Annotations stated = acknowledged("master", 3, 0.3);

        assertThat(isKnown(stated, "master", 5, 0.3)).isTrue();
        assertThat(isKnown(stated, "master", 15, 0.3)).isFalse();
    }

    @Test
    void ids_of_findings_are_the_same_on_every_branch() {
        String id = Finding.id(BASE, "c0ffee1122334455");

        assertThat(id)
                .isEqualTo(Finding.id(BASE.on("feature"), "c0ffee1122334455"))
                .isEqualTo(BASE.on(Revision.DEFAULT_BRANCH).id() + "-c0ffee11");
        assertThat(BASE.id()).isNotEqualTo(BASE.findingId());
        assertThat(Missing.benchmark(BASE).id())
                .isEqualTo(Missing.benchmark(BASE.on("feature")).id());
    }

    private static Annotations removed(Optional<String> metric, String since) {
        Acceptance acceptance = Acceptance.of(
                Optional.empty(),
                BASE.benchmark(),
                metric,
                Optional.empty(),
                since,
                Acceptance.MISSING,
                "removed",
                "ann",
                NOON,
                Optional.empty());
        return new Annotations(
                new Annotations.Facts(
                        List.of(new KnownAcceptance(acceptance, "command", Optional.empty())), List.of(), List.of()),
                NOON,
                ORDER);
    }

    @Test
    void what_was_removed_covers_its_metrics_and_no_change() {
        Annotations stated = removed(Optional.empty(), "");

        assertThat(stated.coveringMissing(BASE, true, Optional.empty())).isPresent();
        assertThat(stated.coveringMissing(BASE, false, Optional.empty())).isPresent();
        assertThat(stated.coveringMissing(
                        new SeriesKey(Benchmark.of("Other"), "time", "box", "master"), true, Optional.empty()))
                .isEmpty();
        assertThat(stated.covering(new ObservedChange(BASE, commit("master", 1), 0.1, 0), Set.of()))
                .isEmpty();
        Annotations metric = removed(Optional.of("time"), "");
        assertThat(metric.coveringMissing(BASE, false, Optional.empty())).isPresent();
        assertThat(metric.coveringMissing(BASE, true, Optional.empty()))
                .as("the whole benchmark")
                .isEmpty();
    }

    @Test
    void what_was_measured_again_behind_the_commit_without_it_is_not_covered() {
        Annotations stated = removed(Optional.empty(), commit("master", 5));

        assertThat(stated.coveringMissing(BASE, true, Optional.of(run("master", 4))))
                .isPresent();
        assertThat(stated.coveringMissing(BASE, true, Optional.of(run("master", 6))))
                .isEmpty();
        assertThat(stated.coveringMissing(BASE, true, Optional.of(run("other", 6))))
                .as("a branch of which nobody knows that it has the commit")
                .isPresent();
    }

    private static Annotations accepted(Reach reach) {
        Acceptance acceptance = Acceptance.of(
                BASE, Acceptance.Scope.ENV, commit("feature", 3), 0.1, "agreed", "ann", NOON, Optional.empty());
        return new Annotations(
                        new Annotations.Facts(
                                List.of(new KnownAcceptance(acceptance, "command", Optional.empty())),
                                List.of(),
                                List.of()),
                        NOON,
                        new CommitOrder() {
                            @Override
                            public Timeline timeline(String branch) {
                                return ORDER.timeline(branch);
                            }

                            @Override
                            public Optional<Set<String>> ancestors(String commit) {
                                return ORDER.ancestors(commit);
                            }

                            @Override
                            public Set<String> between(String commit, String upTo) {
                                return ORDER.between(commit, upTo);
                            }

                            @Override
                            public Reach reach(StatedCommit stated, RunInfo judged) {
                                return reach;
                            }
                        })
                .judging(run("master", 8));
    }

    @Test
    void an_acceptance_of_a_size_counts_where_its_commit_comes_to_the_judged_one() {
        ObservedChange same = new ObservedChange(BASE, commit("master", 8), 0.1, 0);
        ObservedChange very = new ObservedChange(BASE, commit("feature", 3), 0.1, 0);
        Annotations unmerged = accepted(new Reach(Reach.Way.UNMERGED, "feature"));
        Annotations squashed = accepted(new Reach(Reach.Way.SQUASHED, "feature"));
        Annotations before = accepted(new Reach(Reach.Way.ANCESTOR, "feature"));

        assertThat(unmerged.covering(same, Set.of())).isEmpty();
        assertThat(unmerged.unmerged(same)).isPresent();
        assertThat(unmerged.covering(very, Set.of())).as("its own commit").isPresent();
        assertThat(squashed.covering(same, Set.of())).isPresent();
        assertThat(squashed.unmerged(same)).isEmpty();
        assertThat(squashed.covering(same, Set.of()).flatMap(Annotations.Covering::lenient))
                .get()
                .extracting(from -> from.stated().commit())
                .isEqualTo(commit("feature", 3));
        assertThat(squashed.covering(very, Set.of()).flatMap(Annotations.Covering::lenient))
                .isEmpty();
        assertThat(before.covering(same, Set.of())).isPresent();
        assertThat(before.covering(same, Set.of()).flatMap(Annotations.Covering::lenient))
                .as("git has it before")
                .isEmpty();
    }
}
