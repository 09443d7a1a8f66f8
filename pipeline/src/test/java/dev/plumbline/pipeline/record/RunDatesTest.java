package dev.plumbline.pipeline.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.pipeline.repository.FirstParents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The times and commits of runs whose files tell neither. */
class RunDatesTest {
    private static final Instant COMMITTED = Instant.parse("2026-03-10T12:00:00Z");
    private static final Revision HERE =
            new Revision("c0ffee0123456789", "main", Optional.of(COMMITTED), OptionalLong.of(9));
    private static final Path PLAIN = Path.of("results.json");

    private static RunHeader header(Revision revision, Optional<Instant> measured) {
        return new RunHeader(revision, Environment.unknown(), measured, COMMITTED, new TreeMap<>());
    }

    private static RunHeader of(RunDates dates, RunHeader read, Overrides overrides, Path file) {
        return dates.of(read, overrides.applyTo(read), overrides, file);
    }

    private static RunDates around(int files) {
        return new RunDates(HERE, Optional.empty(), files, COMMITTED.plus(Duration.ofDays(30)));
    }

    private static Overrides commit(String id, Instant time) {
        return new Overrides(Optional.of(id), Optional.empty(), Optional.of(time), Optional.empty());
    }

    @Test
    void a_run_after_the_commit_that_is_checked_out_is_of_it() {
        RunDates dates = around(1);

        RunHeader found = of(dates, header(HERE, Optional.of(COMMITTED.plusSeconds(60))), Overrides.NONE, PLAIN);

        assertThat(found.revision()).isEqualTo(HERE);
        assertThat(dates.notes()).isEmpty();
    }

    @ParameterizedTest(name = "{0} hours before, {1} files: of the commit {2}")
    @CsvSource({"23,1,true", "25,1,false", "23,4,true", "1,5,false", "0,5,true", "25,5,false"})
    void a_run_before_the_commit_is_not_of_it_beyond_doubt_which_is_a_day_or_of_many_files_ten_minutes(
            int hours, int files, boolean isOfCommit) {
        RunDates dates = around(files);

        RunHeader found =
                of(dates, header(HERE, Optional.of(COMMITTED.minus(Duration.ofHours(hours)))), Overrides.NONE, PLAIN);

        assertThat(found.revision().commit()).isEqualTo(isOfCommit ? HERE.commit() : "");
        assertThat(found.revision().branch()).isEqualTo("main");
        assertThat(found.revision().position()).isEqualTo(isOfCommit ? HERE.position() : OptionalLong.empty());
        assertThat(dates.notes()).hasSize(isOfCommit ? 0 : 1);
    }

    @Test
    void a_clock_that_is_behind_the_commit_shows_nothing_of_when_a_run_was_measured() {
        Instant behind = COMMITTED.minus(Duration.ofHours(60));
        RunDates dates = new RunDates(HERE, Optional.empty(), 1, behind);

        assertThat(of(dates, header(HERE, Optional.of(behind)), Overrides.NONE, PLAIN)
                        .revision())
                .isEqualTo(HERE);
        assertThat(dates.notes()).isEmpty();
    }

    @Test
    void what_is_older_is_counted_and_the_option_that_finds_its_commits_is_named() {
        RunDates one = around(1);
        of(one, header(HERE, Optional.of(COMMITTED.minus(Duration.ofDays(2)))), Overrides.NONE, PLAIN);
        of(one, header(HERE, Optional.of(COMMITTED.minus(Duration.ofDays(2)))), Overrides.NONE, PLAIN);
        RunDates two = around(2);
        of(two, header(HERE, Optional.of(COMMITTED.minus(Duration.ofDays(2)))), Overrides.NONE, PLAIN);
        of(two, header(HERE, Optional.of(COMMITTED.minus(Duration.ofDays(3)))), Overrides.NONE, PLAIN);

        assertThat(one.notes())
                .singleElement()
                .asString()
                .startsWith(
                        "1 run was measured before commit c0ffee0123 was created, so it is recorded without a commit");
        assertThat(two.notes())
                .singleElement()
                .asString()
                .startsWith("2 runs were measured before commit c0ffee0123 was created, so they are recorded")
                .contains("plumb record --commits-by-time --store FILE");
    }

    @Test
    void the_time_in_a_files_name_counts_where_the_file_tells_none_and_lasts_as_long_as_the_name_says() {
        RunDates dates = around(1);

        RunHeader day = of(dates, header(HERE, Optional.empty()), Overrides.NONE, Path.of("jmh-2026-03-09.json"));
        RunHeader earlier = of(dates, header(HERE, Optional.empty()), Overrides.NONE, Path.of("jmh-2026-03-08.json"));
        RunHeader reported = of(
                dates,
                header(HERE, Optional.of(COMMITTED.plusSeconds(5))),
                Overrides.NONE,
                Path.of("jmh-2020-01-01.json"));

        assertThat(day.measuredAt()).hasValue(Instant.parse("2026-03-09T00:00:00Z"));
        assertThat(day.revision()).as("the day ends less than a day before").isEqualTo(HERE);
        assertThat(earlier.revision().commit()).isEmpty();
        assertThat(reported.measuredAt()).hasValue(COMMITTED.plusSeconds(5));
        assertThat(reported.revision()).isEqualTo(HERE);
    }

    @Test
    void a_run_without_any_time_is_of_what_is_checked_out() {
        RunDates dates = around(1);

        assertThat(of(dates, header(HERE, Optional.empty()), Overrides.NONE, PLAIN)
                        .revision())
                .isEqualTo(HERE);
        assertThat(dates.notes()).isEmpty();
    }

    @Test
    void a_commit_that_the_results_name_stays_however_old_they_are() {
        RunDates dates = around(9);
        Revision own = new Revision("feed00", "main", Optional.empty(), OptionalLong.empty());

        RunHeader found = of(dates, header(own, Optional.of(Instant.EPOCH)), Overrides.NONE, PLAIN);

        assertThat(found.revision()).isEqualTo(own);
        assertThat(dates.notes()).isEmpty();
    }

    @Test
    void a_time_that_a_person_gave_is_not_doubted() {
        RunDates dates = around(1);
        Overrides then = new Overrides(
                Optional.empty(), Optional.empty(), Optional.of(COMMITTED.minus(Duration.ofDays(9))), Optional.empty());

        assertThat(of(dates, header(HERE, Optional.empty()), then, PLAIN)
                        .revision()
                        .commit())
                .isEqualTo(HERE.commit());
        assertThat(dates.notes()).isEmpty();
    }

    @Test
    void results_older_than_the_commit_that_a_person_named_are_of_it_and_doubted() {
        RunDates one = around(1);
        Overrides named = commit("0123456789abcdef", COMMITTED);

        RunHeader found = of(one, header(HERE, Optional.of(COMMITTED.minus(Duration.ofDays(3)))), named, PLAIN);
        RunDates young = around(1);
        of(young, header(HERE, Optional.of(COMMITTED.minus(Duration.ofHours(3)))), named, PLAIN);

        assertThat(found.revision().commit()).isEqualTo("0123456789abcdef");
        assertThat(one.notes())
                .containsExactly("1 run was measured before commit 0123456789 was made (2026-03-07, the commit is of"
                        + " 2026-03-10): is this an old result file?");
        assertThat(young.notes()).isEmpty();
    }

    // ---- by time

    private static RunDates byTime(boolean isCutOff) {
        return new RunDates(
                HERE,
                Optional.of(new FirstParents(
                        "main",
                        List.of(
                                new FirstParents.Commit("c", COMMITTED, OptionalLong.of(3)),
                                new FirstParents.Commit("b", COMMITTED.minusSeconds(3600), OptionalLong.of(2)),
                                new FirstParents.Commit("a", COMMITTED.minusSeconds(7200), OptionalLong.of(1))),
                        isCutOff)),
                1,
                COMMITTED.plus(Duration.ofDays(30)));
    }

    @ParameterizedTest
    @CsvSource({"0,c", "-1,b", "-3600,b", "-3601,a", "-7200,a", "999999,c"})
    void asked_for_by_time_a_run_is_of_the_commit_that_the_branch_had_then(int seconds, String commit) {
        RunDates dates = byTime(false);

        RunHeader found = of(dates, header(HERE, Optional.of(COMMITTED.plusSeconds(seconds))), Overrides.NONE, PLAIN);

        assertThat(found.revision().commit()).isEqualTo(commit);
        assertThat(found.revision().position()).hasValue(commit.charAt(0) - 'a' + 1);
        assertThat(dates.notes()).isEmpty();
    }

    @Test
    void what_is_older_than_every_commit_has_none_and_a_shallow_clone_is_named_as_the_reason() {
        RunDates whole = byTime(false);
        RunDates shallow = byTime(true);
        for (RunDates dates : List.of(whole, shallow)) {
            RunHeader found = of(dates, header(HERE, Optional.of(COMMITTED.minusSeconds(9999))), Overrides.NONE, PLAIN);
            assertThat(found.revision().commit()).isEmpty();
        }

        assertThat(whole.notes())
                .containsExactly("1 run is older than every commit of main and is recorded without a commit");
        assertThat(shallow.notes()).singleElement().asString().contains("shallow clone");
    }

    @Test
    void files_without_any_time_are_counted_once_each() {
        RunDates dates = byTime(false);
        of(dates, header(HERE, Optional.empty()), Overrides.NONE, PLAIN);
        of(dates, header(HERE, Optional.empty()), Overrides.NONE, PLAIN);
        assertThat(dates.notes())
                .containsExactly("1 file has no time, neither in the content nor in its name, and is recorded without"
                        + " a commit; set it with --commit");

        of(dates, header(HERE, Optional.empty()), Overrides.NONE, Path.of("others.json"));
        assertThat(dates.notes()).singleElement().asString().startsWith("2 files have no time");
    }

    @Test
    void a_date_in_a_name_that_does_not_exist_is_a_problem_of_its_file_unless_the_file_has_a_time() {
        RunDates dates = around(3);
        Path wrong = Path.of("jmh-2026-02-30.json");

        RunHeader found = of(dates, header(HERE, Optional.empty()), Overrides.NONE, wrong);
        of(dates, header(HERE, Optional.empty()), Overrides.NONE, wrong);
        of(dates, header(HERE, Optional.of(COMMITTED)), Overrides.NONE, Path.of("2026-02-31.json"));
        of(dates, header(HERE, Optional.empty()), Overrides.NONE, Path.of("2026-03-11.json"));

        assertThat(found.measuredAt()).isEmpty();
        assertThat(dates.problems())
                .containsExactly(new Problem(
                        "jmh-2026-02-30.json",
                        "2026-02-30 in the file's name is no time that exists; the run is taken without it"));
    }
}
