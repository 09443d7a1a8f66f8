package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Clue;
import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.Companion;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Suspect;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.html.HtmlPagesTest;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.report.terminal.TextStyle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentDetailsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(200);

    /** One incident of as many series, each of which became a quarter slower at the twentieth run. */
    private static Case slower(String name, int count, boolean commits) {
        List<SeriesCourse> courses = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                double value = 100 * (1 + 0.003 * (Math.floorMod((i + s) * 7, 5) - 2)) * (i < 20 ? 1 : 1.25);
                RunInfo run = Examples.run(i, commits ? "c%07x00".formatted(i) : "");
                points.add(new Point(run, value, 5, 0.01, false));
            }
            String benchmark = count == 1 ? name : name + s;
            Series series =
                    new Series(Examples.key(benchmark, "time"), Examples.MILLISECONDS, Better.LOWER, points, List.of());
            courses.add(new SeriesCourse(series, StepScan.analyze(series.values())));
        }
        return HtmlPagesTest.withIncidents(
                        new PeriodReport("0.1.0", "x", BEGIN, BEGIN.plusSeconds(86400L * 90), courses, Policy.DEFAULT))
                .cases()
                .get(0)
                .suspecting(List.of());
    }

    private static Suspect suspect(String revision, double probability, int files, int moreFiles) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            names.add("f" + i);
        }
        Commit commit = new Commit(revision, "Ann <a@b.c>", BEGIN, "Split by regex", names, moreFiles);
        return new Suspect(revision, Optional.of(commit), probability, List.of());
    }

    private static String text(Case one, TextStyle style) {
        StringBuilder out = new StringBuilder();
        IncidentDetails.write(one, style, out);
        return out.toString();
    }

    private static List<String> lines(Case one, TextStyle style) {
        return text(one, style).lines().map(String::strip).toList();
    }

    @Test
    void an_open_one_begins_with_its_size_and_ends_with_what_to_do() {
        Case one = slower("Sort.quick", 1, true);
        String id = one.incident().id();

        assertThat(lines(one, WIDE))
                .startsWith(id + " · open · 1 series got worse, +25.0 %, in " + Examples.ENVIRONMENT)
                .contains("Series (1)")
                .noneMatch(line -> line.startsWith("Suspects"))
                .endsWith("plumb triage acknowledge " + id + ", or mute, fixed, false-alarm; plumb accept " + id
                        + " --reason WHY if intended");
        assertThat(lines(one, WIDE).get(1))
                .matches("Began between commit c00000[0-9a-f]{4} on main \\(last good, 2026-11-\\d\\d 23:30 UTC\\) and"
                        + " commit c00000[0-9a-f]{4} on main \\(first bad, 2026-11-\\d\\d 23:30 UTC\\)");
    }

    @Test
    void one_that_is_known_tells_who_said_so_and_asks_for_nothing() {
        Incident incident = slower("Sort.quick", 1, true).incident();
        Annotation.Origin origin = new Annotation.Origin("a1", "Ben", BEGIN, "on it");
        Annotation known = Annotation.of(Annotation.Kind.ACKNOWLEDGED, origin, Optional.empty(), "");
        Annotation.Fixed broken =
                (Annotation.Fixed) Annotation.of(Annotation.Kind.FIXED, origin, Optional.empty(), "575cc706f1aa");

        assertThat(lines(Case.of(incident, List.of(), Optional.of(known)), WIDE))
                .contains("acknowledged by Ben on 2026-11-01 (a1): on it")
                .noneMatch(line -> line.startsWith("plumb "));
        assertThat(lines(Case.of(incident, List.of(), Annotated.NONE.thenBroken(broken), Map.of()), WIDE))
                .contains("should have been fixed by 575cc706f1 (by Ben, 2026-11-01) but persists")
                .anyMatch(line -> line.startsWith("plumb triage "));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, 'f0, f1, f2'",
        "6, 0, 'f0, f1, f2, f3, f4 and 1 more file'",
        "5, 1, 'f0, f1, f2, f3, f4 and 1 more file'",
        "6, 1200, 'f0, f1, f2, f3, f4 and 1,201 more files'",
    })
    void the_files_of_a_suspect_are_named_and_the_others_counted(int files, int more, String words) {
        Case one = slower("a", 1, true).suspecting(List.of(suspect("07af466c15aa", 1, files, more)));

        assertThat(lines(one, WIDE))
                .contains("Suspects (1)", "100 %  07af466c15 by Ann, 2026-11-01: Split by regex", words);
    }

    @Test
    void suspects_that_nothing_tells_apart_say_so_and_the_sixth_is_counted() {
        List<Suspect> alike = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            alike.add(new Suspect("abc" + i, Optional.empty(), 1.0 / 6, List.of()));
        }
        Case one = slower("a", 1, true).suspecting(alike);

        assertThat(lines(one, WIDE))
                .contains("Suspects (6)", "17 %  abc4", "… and 1 more")
                .anyMatch(line -> line.startsWith("6 suspects are equally likely and share the probability: "))
                .doesNotContain("17 %  abc5");
        assertThat(lines(one, WIDE.withVerbose(true))).contains("17 %  abc5").doesNotContain("… and 1 more");
    }

    @Test
    void a_machine_that_is_suspected_has_neither_commit_nor_probability() {
        Case one = slower("a", 1, true).suspecting(List.of(new Suspect("", Optional.empty(), 1, List.of())));

        assertThat(lines(one, WIDE))
                .contains("the environment, rather than a commit")
                .noneMatch(line -> line.contains("100 %"));
    }

    @Test
    void runs_of_unknown_commits_are_called_so() {
        assertThat(lines(slower("a", 1, false), WIDE).get(1)).contains(") and an unknown commit on main (first bad, ");
    }

    @Test
    void of_many_series_twenty_are_listed_unless_all_are_asked_for() {
        Case one = slower("Sort.n", 23, true);

        assertThat(lines(one, WIDE)).contains("Series (23)", "… and 3 more; list them with --verbose");
        assertThat(lines(one, WIDE.withVerbose(true)))
                .noneMatch(line -> line.contains("list them with --verbose"))
                .filteredOn(line -> line.startsWith("Sort.n"))
                .hasSize(23);
    }

    private static Case with(Case one, double correlation, List<Clue> clues, List<Companion> companions) {
        Incident plain = one.incident();
        return Case.of(
                new Incident(
                        plain.id(),
                        plain.branch(),
                        plain.worse(),
                        Incident.Kind.ENVIRONMENT,
                        plain.shifts(),
                        plain.where(),
                        plain.lastGood(),
                        plain.firstBad(),
                        correlation,
                        clues,
                        companions),
                List.of(),
                Optional.empty());
    }

    @Test
    void clues_companions_and_common_noise_are_told_where_there_are_any() {
        Case plain = slower("a", 1, true);
        Companion companion = new Companion(
                plain.incident().shifts().get(0).track(), 20, 0.013, new Interval(0.007, 0.019, 0.95), 0.01);

        assertThat(lines(with(plain, 0.42, List.of(new Clue.SameRevision()), List.of(companion)), WIDE))
                .contains(
                        "Caused by the environment",
                        "- it began between two runs of the same commit: no code changed",
                        "also in " + Examples.ENVIRONMENT + ": a time +1.3 % (+0.7 % to +1.9 %)",
                        "their noise is correlated (42.0 %): they count for less than independent series");
        assertThat(text(with(plain, 0, List.of(), List.of()), WIDE))
                .doesNotContain("also in", "correlated", "Caused by");
    }

    @Test
    void nothing_hostile_gets_out_of_its_line() {
        for (String name : Examples.HOSTILE) {
            String cut = name.substring(0, Math.min(1_000, name.length()));
            Commit commit = new Commit("07af466c15", cut, BEGIN, cut, List.of(cut, cut), 1);
            Case one = slower(cut, 1, true)
                    .suspecting(List.of(new Suspect("07af466c15", Optional.of(commit), 1, List.of())));

            for (TextStyle style : Harmless.STYLES) {
                Harmless.assertHarmless(text(one, style), style);
            }
            assertThat(lines(one, WIDE)).as(name).contains("Suspects (1)").anyMatch(line -> line.contains("+25.0 %"));
        }
    }
}
