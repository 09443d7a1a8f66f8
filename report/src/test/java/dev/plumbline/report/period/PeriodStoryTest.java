package dev.plumbline.report.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Clue;
import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Suspect;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.html.HtmlPagesTest;
import dev.plumbline.report.period.PeriodReport.Happened;
import dev.plumbline.report.terminal.TerminalText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodStoryTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2027-01-30T00:00:00Z");
    private static final String COMMIT = "07af466c15aabbccddee";

    /** A series that changed by a factor in its middle, or did not. */
    private static SeriesCourse course(SeriesKey key, Unit unit, double factor) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            double value = 100 * (1 + 0.003 * (Math.floorMod(i * 7, 5) - 2)) * (i < 20 ? 1 : factor);
            points.add(new Point(Examples.run(i, "c%07x00".formatted(i)), value, 5, 0.01, false));
        }
        Series series = new Series(key, unit, Better.LOWER, points, List.of());
        return new SeriesCourse(series, StepScan.analyze(series.values()));
    }

    private static PeriodReport period(SeriesCourse... courses) {
        return HtmlPagesTest.withIncidents(
                new PeriodReport("0.1.0", "x", BEGIN, END, List.of(courses), Policy.DEFAULT));
    }

    private static PeriodReport slower(String... names) {
        SeriesCourse[] courses = new SeriesCourse[names.length];
        for (int i = 0; i < names.length; i++) {
            courses[i] = course(Examples.key(names[i], "time"), Examples.MILLISECONDS, 1.25 + 0.1 * i);
        }
        return period(courses);
    }

    private static Suspect suspect(double probability, String author, String subject) {
        Commit commit = new Commit(COMMIT, author, BEGIN, subject, List.of(), 0);
        return new Suspect(COMMIT, Optional.of(commit), probability, List.of());
    }

    /** The sentence for the only incident of a period, given its suspects. */
    private static String words(PeriodReport period, Suspect... suspects) {
        return new CauseWords(period).of(period.cases().get(0).suspecting(List.of(suspects)));
    }

    @Test
    void a_change_names_commit_author_and_message() {
        assertThat(words(slower("CsvLine.split"), suspect(0.99, "Ann Lee <ann@example.org>", " Split by regex ")))
                .isEqualTo("CsvLine.split is 25.0 % slower since 07af466c15 (Ann Lee, \"Split by regex\")");
        assertThat(words(slower("CsvLine.split"), suspect(0.67, "", "")))
                .isEqualTo("CsvLine.split is 25.0 % slower since 07af466c15 (67 % likely)");
        assertThat(words(slower("CsvLine.split"), new Suspect(COMMIT, Optional.empty(), 1, List.of())))
                .isEqualTo("CsvLine.split is 25.0 % slower since 07af466c15");
    }

    @Test
    void where_no_commit_is_likelier_than_the_others_none_is_blamed() {
        assertThat(words(slower("a"), suspect(0.5, "Ann", "x"), suspect(0.5, "Ben", "y")))
                .isEqualTo("a is 25.0 % slower since 2026-11-21 with one of 2 commits")
                .doesNotContain("Ann");
        assertThat(words(slower("a")))
                .as("none suspected")
                .isEqualTo("a is 25.0 % slower since c000001400 of 2026-11-21");
    }

    @Test
    void a_machine_is_blamed_with_what_speaks_for_it() {
        PeriodReport period = slower("a");
        Case one = period.cases().get(0);
        Suspect machine = new Suspect("", Optional.empty(), 1, List.of());

        assertThat(words(period, machine)).isEqualTo("a is 25.0 % slower since 2026-11-21, because of the machine");
        assertThat(new CauseWords(period)
                        .of(with(one, Incident.Kind.ENVIRONMENT, new Clue.SameRevision())
                                .suspecting(List.of(machine))))
                .endsWith(", because of the machine: it began between two runs of the same commit: no code changed");
        assertThat(new CauseWords(period).of(with(one, Incident.Kind.SLOPE)))
                .isEqualTo("a is 25.0 % slower, gradually since 2026-11-21");
    }

    private static Case with(Case one, Incident.Kind kind, Clue... clues) {
        Incident plain = one.incident();
        return Case.of(
                new Incident(
                        plain.id(),
                        plain.branch(),
                        plain.worse(),
                        kind,
                        plain.shifts(),
                        plain.where(),
                        plain.lastGood(),
                        plain.firstBad(),
                        plain.correlation(),
                        List.of(clues),
                        plain.companions()),
                one.suspects(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"2, 'and 1 more series is worse'", "3, 'and 2 more series are worse'"})
    void series_that_moved_with_it_are_counted(int series, String words) {
        String[] names = List.of("p.a", "p.b", "p.c").subList(0, series).toArray(String[]::new);

        assertThat(words(slower(names), suspect(1, "Ann", "x"))).contains(" % slower " + words + " since 07af466c15");
    }

    @Test
    void a_metric_is_named_where_slower_would_not_tell_it() {
        SeriesCourse size = course(Examples.key("a", "size"), Unit.of("B/op"), 1.5);
        SeriesCourse tail = course(Examples.key("a", "time p99"), Examples.MILLISECONDS, 1.5);

        assertThat(words(period(size))).startsWith("a size is 50.0 % larger since ");
        assertThat(words(period(tail))).startsWith("a time p99 is 50.0 % slower since ");
        assertThat(words(period(course(Examples.key("a", "time"), Examples.MILLISECONDS, 12))))
                .startsWith("a is 12.0 times slower since ");
        assertThat(words(period(course(Examples.key("a", "time"), Examples.MILLISECONDS, 0.5))))
                .startsWith("a is 50.0 % faster since ");
    }

    @Test
    void environments_are_told_apart_where_there_are_several() {
        SeriesKey here = Examples.key("a", "time");
        SeriesKey there = new SeriesKey(here.benchmark(), "time", "arm", "main");

        assertThat(words(period(course(here, Examples.MILLISECONDS, 1), course(there, Examples.MILLISECONDS, 1.25))))
                .startsWith("a in arm is 25.0 % slower since ");
    }

    @Test
    void hostile_and_long_names_stay_on_their_line() {
        for (String name : Examples.HOSTILE) {
            String cut = name.substring(0, Math.min(1_000, name.length()));

            String words = words(slower(cut), suspect(1, cut, cut));

            assertThat(words.codePoints()).as(name).noneMatch(Harmless::isDangerous);
            assertThat(words).as(name).doesNotContain("\n").contains(" is 25.0 % slower since 07af466c15");
            assertThat(TerminalText.width(words)).as(name).isLessThan(60 + 60 + 40 + 50);
        }
    }

    private static PeriodReport called(PeriodReport period, Annotated stated, String... names) {
        RunInfo run = Examples.run(39, "c000002700");
        List<CalledRegression> called = new ArrayList<>();
        for (String name : names) {
            called.add(new CalledRegression(Examples.key(name, "time"), 39, run, 100, 160, run, stated));
        }
        return period.with(new Happened(
                period.cases(),
                List.of(),
                called,
                Optional.empty(),
                new CommitAuthors(Map.of("c000002700", "Ann Lee"))));
    }

    @Test
    void the_worst_of_what_is_open_is_told_first_whoever_found_it() {
        PeriodReport period = called(slower("p.a"), Annotated.NONE, "p.a");
        PeriodStory story = new PeriodStory(period);

        assertThat(story.worst().orElseThrow().line())
                .startsWith(
                        "p.a is 60.0 % slower since c000002700 by Ann Lee, detected by a check and not yet confirmed"
                                + " by the history; details: plumb explain ");
        assertThat(story.chapters()).singleElement().satisfies(open -> {
            assertThat(open.title()).isEqualTo("Also open");
            assertThat(open.lines())
                    .singleElement()
                    .asString()
                    .endsWith("; details: plumb incidents "
                            + period.cases().get(0).incident().id());
        });
    }

    @Test
    void a_called_series_of_which_the_period_has_no_points_tells_its_metric() {
        PeriodReport period = called(slower("p.a"), Annotated.NONE, "Gone");

        assertThat(new CauseWords(period).of(period.calledBenchmarks().get(0)))
                .isEqualTo("Gone time changed by +60.0 % since c000002700 by Ann Lee, detected by a check and not yet"
                        + " confirmed by the history");
    }

    @Test
    void what_people_know_has_a_chapter_with_their_words() {
        Annotated known = Annotated.NONE.then(Annotation.of(
                Annotation.Kind.ACKNOWLEDGED,
                new Annotation.Origin("a1", "Ben", BEGIN, "on it"),
                Optional.empty(),
                ""));
        PeriodReport level = period(course(Examples.key("p.a", "time"), Examples.MILLISECONDS, 1));
        PeriodStory story = new PeriodStory(called(level, known, "p.a"));

        assertThat(story.worst()).isEmpty();
        assertThat(story.chapters()).singleElement().satisfies(chapter -> {
            assertThat(chapter.title()).isEqualTo("Acknowledged");
            assertThat(chapter.lines())
                    .singleElement()
                    .asString()
                    .startsWith("p.a is 60.0 % slower since ")
                    .endsWith(", acknowledged by Ben on 2026-11-01 (a1): on it");
        });
    }

    @Test
    void what_got_better_is_told_last_and_a_quiet_period_has_no_chapters() {
        PeriodStory story = new PeriodStory(period(course(Examples.key("a", "time"), Examples.MILLISECONDS, 0.5)));

        assertThat(story.worst()).isEmpty();
        assertThat(story.chapters()).extracting(PeriodStory.Chapter::title).containsExactly("Better");
        assertThat(new PeriodStory(period(course(Examples.key("a", "time"), Examples.MILLISECONDS, 1))).chapters())
                .isEmpty();
    }
}
