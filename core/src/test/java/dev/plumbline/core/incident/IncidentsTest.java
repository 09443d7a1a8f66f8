package dev.plumbline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentsTest {
    private static final SteadyFacts.Change KERNEL = new SteadyFacts.Change("info.kernel", "6.1", "6.8");
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private static String likeliest(Incident incident, Histories histories) {
        return histories
                .timeline()
                .at(incident.where().likeliest())
                .header()
                .revision()
                .commit();
    }

    @Test
    void nothing_happened_in_no_series() {
        assertThat(Incidents.of(List.of(), Timeline.of(List.of()), List.of())).isEmpty();
        assertThat(new Histories(1)
                        .with("a", "ci", 1, 1, 0, i -> 1, Histories.still())
                        .incidents())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void changes_of_one_revision_are_one_incident_on_two_hosts_and_directions_are_kept_apart(long seed) {
        Histories histories = new Histories(seed);
        for (int i = 0; i < 4; i++) {
            histories.step("p.Slow.s" + i, "ci", 120, 0.01, 60, 0.08);
            histories.step("p.Slow.s" + i, "arm", 120, 0.02, 60, 0.08);
            histories.step("q.Fast.f" + i, "ci", 120, 0.01, 60, -0.08);
            histories.step("r.Late.l" + i, "ci", 120, 0.01, 80, 0.08);
        }
        List<Incident> incidents = histories.incidents();

        assertThat(incidents).as("seed %d", seed).hasSize(3);
        assertThat(incidents).extracting(incident -> incident.shifts().size()).containsExactly(4, 8, 4);
        assertThat(incidents).extracting(Incident::worse).containsExactly(true, true, false);
        assertThat(incidents)
                .extracting(incident -> likeliest(incident, histories))
                .containsExactly(Histories.commit(80), Histories.commit(60), Histories.commit(60));
        assertThat(incidents).allMatch(incident -> incident.kind() == Incident.Kind.CODE);
        assertThat(incidents.get(1).lastGood().orElseThrow().header().revision().commit())
                .isEqualTo(Histories.commit(59));
        assertThat(incidents.get(1).firstBad().header().revision().commit()).isEqualTo(Histories.commit(60));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void an_incident_keeps_its_id_whatever_data_arrives(long seed) {
        Histories all = new Histories(seed);
        for (int i = 0; i < 4; i++) {
            all.step("p.S.s" + i, "ci", 140, 0.03, 60, 0.06);
            all.step("p.S.s" + i, "arm", 140, 0.04, 60, 0.06);
            all.step("q.T.t" + i, "ci", 140, 0.01, 90, 0.05);
        }
        List<KnownIncident> known = new ArrayList<>();
        for (int revisions = 63; revisions <= 140; revisions++) {
            Histories now = all.first(revisions);
            Timeline timeline = now.timeline();
            for (Incident incident : now.incidents(known)) {
                if (known.stream().noneMatch(one -> one.id().equals(incident.id()))) {
                    known.add(incident.known(timeline, NOW));
                }
            }
        }
        List<Incident> last = all.incidents(known).stream()
                .filter(incident -> incident.shifts().size() > 2)
                .toList();

        assertThat(last).as("seed %d", seed).hasSize(2);
        // the name that it has now is the one that it was given first
        assertThat(last.get(1).id())
                .as("seed %d: %s", seed, known)
                .isEqualTo(known.stream()
                        .filter(one -> one.anchor().benchmark().name().startsWith("p."))
                        .findFirst()
                        .orElseThrow()
                        .id());
        assertThat(last.get(0).id())
                .as("seed %d: %s", seed, known)
                .isEqualTo(known.stream()
                        .filter(one -> one.anchor().benchmark().name().startsWith("q."))
                        .findFirst()
                        .orElseThrow()
                        .id());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void what_comes_little_by_little_is_one_incident_from_where_the_line_begins(long seed) {
        Histories histories = new Histories(seed)
                .with("leak", "ci", 140, 1, 0.008, i -> 1 + 0.12 * Math.max(0, i - 60) / 80, Histories.still())
                .with("pool", "ci", 140, 1, 0.008, i -> 1 + 0.16 * Math.max(0, i - 60) / 80, Histories.still())
                .step("step", "ci", 140, 0.008, 90, 0.08);

        List<Incident> incidents = histories.incidents();

        assertThat(incidents)
                .as("seed %d", seed)
                .extracting(Incident::kind)
                .containsExactly(Incident.Kind.CODE, Incident.Kind.SLOPE);
        Incident slope = incidents.get(1);
        assertThat(slope.shifts())
                .extracting(shift -> shift.key().benchmark().name())
                .containsExactlyInAnyOrder("leak", "pool");
        assertThat(slope.largest().change().relativeChange()).isBetween(0.14, 0.18);
        assertThat(slope.where().first()).isLessThanOrEqualTo(60);
        assertThat(slope.where().last()).isGreaterThanOrEqualTo(60).isLessThan(80);
        assertThat(slope.clues().get(0)).isInstanceOf(Clue.Gradual.class);
        assertThat(slope.recovered()).isFalse();
        assertThat(slope.largest().left()).isBetween(0.14, 0.18);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void a_short_climb_and_a_step_inside_it_are_incidents_of_their_own(long seed) {
        Histories histories = new Histories(seed);
        int begin = 66 + (int) seed;
        int length = 14 + 2 * (int) seed;
        for (int i = 0; i < 3; i++) {
            histories.step("codec" + i, "ci", 150, 0.01, 75, 0.12);
            histories.with(
                    "lookup" + i,
                    "ci",
                    150,
                    1,
                    0.01,
                    at -> 1 + 0.2 * Math.max(0, Math.min(1, (at - begin) / (double) length)),
                    Histories.still());
            histories.step("still" + i, "ci", 150, 0.01, 75, 0);
        }

        List<Incident> incidents = histories.incidents();

        assertThat(incidents)
                .as("seed %d", seed)
                .extracting(incident -> incident.shifts().stream()
                        .map(shift -> shift.key().benchmark().name())
                        .sorted()
                        .toList())
                .containsExactlyInAnyOrder(
                        List.of("codec0", "codec1", "codec2"), List.of("lookup0", "lookup1", "lookup2"));
        assertThat(incidents)
                .extracting(Incident::kind)
                .containsExactlyInAnyOrder(Incident.Kind.CODE, Incident.Kind.SLOPE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void two_steps_that_a_series_takes_from_two_causes_are_no_climb(long seed) {
        Histories histories = new Histories(seed);
        for (int i = 0; i < 6; i++) {
            double first = i < 4 ? 0.06 : 0;
            double second = i >= 2 ? 0.06 : 0;
            int behind = 75 + 6 + (int) seed;
            histories.with(
                    "b" + i,
                    "ci",
                    150,
                    1,
                    0.01,
                    at -> (at < 75 ? 1 : 1 + first) * (at < behind ? 1 : 1 + second),
                    Histories.still());
        }

        assertThat(histories.incidents())
                .as("seed %d", seed)
                .extracting(incident -> incident.shifts().size())
                .containsExactly(4, 4);
    }

    @Test
    void a_step_in_noise_is_no_slope_whether_it_is_found_or_not() {
        Histories histories = new Histories(77);
        for (int i = 0; i < 60; i++) {
            histories.step("b" + i, "ci", 140, 0.06, 70, 0.05 + 0.002 * i);
        }

        assertThat(histories.incidents()).isNotEmpty().noneMatch(one -> one.kind() == Incident.Kind.SLOPE);
    }

    @Test
    void a_slope_that_was_taken_for_steps_keeps_the_name_of_the_first_of_them() {
        Histories all = new Histories(4)
                .with("leak", "ci", 160, 1, 0.008, i -> 1 + 0.16 * Math.max(0, i - 60) / 100, Histories.still());
        List<KnownIncident> known = new ArrayList<>();
        List<Incident.Kind> kinds = new ArrayList<>();
        for (int revisions = 70; revisions <= 160; revisions++) {
            Histories now = all.first(revisions);
            List<Incident> incidents = now.incidents(known);
            for (Incident incident : incidents) {
                if (known.stream().noneMatch(one -> one.id().equals(incident.id()))) {
                    known.add(incident.known(now.timeline(), NOW));
                }
            }
            incidents.forEach(incident -> kinds.add(incident.kind()));
        }

        assertThat(kinds).startsWith(Incident.Kind.CODE).endsWith(Incident.Kind.SLOPE);
        assertThat(known).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void what_was_not_seen_before_has_the_names_and_places_that_all_of_them_have(long seed) {
        Histories one = new Histories(seed)
                .with("p.Climb.c", "ci", 140, 1, 0.008, i -> 1 + 0.12 * Math.max(0, i - 60) / 80, Histories.still())
                .with("p.Still.s", "ci", 140, 1, 0.01, i -> 100, Histories.still())
                .step("q.Moved.a", "ci", 140, 0.01, 100, 0.1)
                .step("q.Moved.b", "ci", 140, 0.01, 100, -0.1);
        Histories two = new Histories(seed);
        for (int i = 0; i < 6; i++) {
            one.step("p.Slow.s" + i, "ci", 140, 0.02, 60, 0.08);
            two.step("p.Slow.s" + i, "ci", 140, 0.005, 40, 0.01);
            two.step("p.Slow.s" + i, "arm", 140, 0.005, 40, 0.01);
            two.step("q.Late.l" + i, i % 2 == 0 ? "ci" : "arm", 140, 0.01, 90, 0.08);
        }
        for (Histories histories : List.of(one, two)) {
            List<KnownIncident> all = new ArrayList<>();
            for (Incident incident : histories.incidents()) {
                all.add(incident.known(histories.timeline(), NOW));
            }
            List<KnownIncident> known = all.subList(all.size() / 2, all.size());

            assertThat(all).as("seed %d", seed).hasSizeGreaterThan(1);
            assertThat(histories.unseen(List.of(), NOW)).as("seed %d", seed).isEqualTo(all);
            assertThat(histories.unseen(known, NOW)).as("seed %d", seed).isEqualTo(all.subList(0, all.size() / 2));
            assertThat(histories.unseen(all, NOW)).as("seed %d", seed).isEmpty();
        }
    }

    /** To weigh each series with all of a group again took minutes for as many. */
    @Test
    void a_suite_of_thousands_of_series_that_moves_as_a_whole_is_one_incident_after_seconds() {
        Histories histories = new Histories(3);
        for (int i = 0; i < 8000; i++) {
            histories.step("p.Slow.s" + i, "ci", 40, 0.002, 30, 0.08);
        }

        List<KnownIncident> found = assertTimeout(Duration.ofSeconds(20), () -> histories.unseen(List.of(), NOW));

        assertThat(found).extracting(KnownIncident::firstCommit).containsExactly(Histories.commit(30));
    }

    @Test
    void no_name_is_given_twice() {
        Histories histories = new Histories(3);
        histories.step("a", "ci", 120, 0.01, 60, 0.1).step("b", "ci", 120, 0.01, 90, 0.1);
        List<Incident> incidents = histories.incidents();
        KnownIncident one = incidents.get(1).known(histories.timeline(), NOW);
        KnownIncident same = new KnownIncident(
                "i00000001", one.branch(), one.worse(), one.anchor(), one.firstCommit(), one.lastCommit(), one.at());

        assertThat(histories.incidents(List.of(one, same)))
                .extracting(Incident::id)
                .doesNotHaveDuplicates()
                .contains(one.id())
                .doesNotContain(same.id());
    }

    @Test
    void a_fact_that_stays_otherwise_and_changes_with_the_numbers_is_the_cause() {
        Histories histories = new Histories(4);
        for (int i = 0; i < 6; i++) {
            histories.with(
                    "p.S.s" + i,
                    "ci",
                    120,
                    1,
                    0.01,
                    at -> at < 60 ? 100 : 106,
                    at -> Map.of("info.kernel", at < 60 ? "6.1" : "6.8", "info.load", Integer.toString(at % 7)));
        }
        Incident incident = histories.incidents().get(0);

        assertThat(incident.kind()).isEqualTo(Incident.Kind.ENVIRONMENT);
        assertThat(incident.clues())
                .containsExactly(new Clue.FactChanged(KERNEL, "ci"), new Clue.MovedTogether("ci", 6, 6));
        List<Suspect> suspects = Suspects.rank(incident, histories.timeline(), Map.of());
        assertThat(suspects.get(0).isEnvironment()).isTrue();
        assertThat(suspects.get(1).revision()).isEqualTo(Histories.commit(60));
    }

    @Test
    void a_change_lasts_where_the_newest_runs_are_farther_from_the_level_before_than_noise_takes_them() {
        for (long seed = 1; seed <= 40; seed++) {
            Shift mended = change(seed, 61, at -> at >= 30 && at < 60 ? 120 : 100);
            assertThat(mended.lastsFrom(60)).as("mended, seed %d", seed).isFalse();
            Shift lasting = change(seed, 66, at -> at >= 30 ? 120 : 100);
            assertThat(lasting.lastsFrom(60)).as("still there, seed %d", seed).isTrue();
            assertThat(lasting.lastsFrom(66)).as("no run tells, seed %d", seed).isFalse();
            Shift partly = change(seed, 90, at -> at < 30 ? 100 : at < 60 ? 120 : 114);
            assertThat(partly.lastsFrom(60)).as("partly, seed %d", seed).isTrue();
        }
    }

    /** The change at revision 30 of a series with 4 % of noise. */
    private static Shift change(long seed, int revisions, IntToDoubleFunction level) {
        return new Histories(seed)
                .with("p.S.s", "ci", revisions, 1, 0.04, level, Histories.still()).tracks().get(0).shifts().stream()
                        .filter(shift -> Math.abs(shift.change().index() - 30) <= 5)
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void a_fact_that_changed_in_the_runs_of_some_of_the_series_is_told_and_decides_nothing() {
        Histories histories = new Histories(4);
        for (int i = 0; i < 6; i++) {
            boolean isTold = i < 2;
            histories.with(
                    "p.S.s" + i,
                    "ci",
                    120,
                    1,
                    0.01,
                    at -> at < 60 ? 100 : 106,
                    at -> isTold
                            ? Map.of("info.kernel", at < 60 ? "6.1" : "6.8", "info.load", Integer.toString(at % 7))
                            : Map.of());
        }
        Incident incident = histories.incidents().get(0);

        assertThat(incident.kind()).isEqualTo(Incident.Kind.CODE);
        assertThat(incident.clues())
                .containsExactly(new Clue.FactChangedInPart(KERNEL, 2, 6), new Clue.MovedTogether("ci", 6, 6));
        assertThat(Suspects.rank(incident, histories.timeline(), Map.of())).noneMatch(Suspect::isEnvironment);
    }

    @Test
    void what_describes_the_commit_is_not_the_environment() {
        Histories histories = new Histories(4);
        for (int i = 0; i < 6; i++) {
            histories.with(
                    "p.S.s" + i,
                    "ci",
                    120,
                    1,
                    0.01,
                    at -> at < 60 ? 100 : 106,
                    at -> Map.of("commit.message", at < 60 ? "Tidy" : "Read twice", "commit.author", "a" + at / 60));
        }
        Incident incident = histories.incidents().get(0);

        assertThat(incident.kind()).isEqualTo(Incident.Kind.CODE);
        assertThat(incident.clues())
                .noneMatch(clue -> clue instanceof Clue.FactChanged || clue instanceof Clue.FactChangedInPart);
        assertThat(Suspects.rank(incident, histories.timeline(), Map.of()).get(0))
                .matches(suspect -> !suspect.isEnvironment())
                .extracting(Suspect::revision)
                .isEqualTo(Histories.commit(60));
    }

    @Test
    void what_another_machine_does_not_show_of_the_same_revisions_is_the_machine() {
        Histories histories = new Histories(5);
        for (int i = 0; i < 3; i++) {
            histories.step("p.S.s" + i, "ci", 120, 0.01, 60, 0.08);
            histories.step("p.S.s" + i, "arm", 120, 0.01, 60, 0);
        }
        histories.step("q.T.t", "ci", 120, 0.01, 90, 0.08).step("q.T.t", "arm", 120, 0.01, 90, 0);
        List<Incident> incidents = histories.incidents();

        assertThat(incidents)
                .extracting(Incident::kind)
                .containsExactly(Incident.Kind.NOISE, Incident.Kind.ENVIRONMENT);
        assertThat(incidents.get(1).clues()).containsExactly(new Clue.StillElsewhere(List.of("arm"), 3, 3));
    }

    @Test
    void a_machine_that_moves_as_a_whole_is_told_and_the_commit_stays_suspected() {
        Histories histories = new Histories(6);
        for (int i = 0; i < 6; i++) {
            histories.step("p.S.s" + i, "ci", 120, 0.01, 60, 0.08);
        }
        Incident incident = histories.incidents().get(0);

        assertThat(incident.kind()).isEqualTo(Incident.Kind.CODE);
        assertThat(incident.clues()).containsExactly(new Clue.MovedTogether("ci", 6, 6));
    }

    @Test
    void work_that_went_to_a_neighbour_is_a_cost_shift() {
        Histories histories = new Histories(7);
        histories
                .step("p.Render.layout", "ci", 120, 0.005, 60, 0.20)
                .step("p.Render.paint", "ci", 120, 0.005, 60, -0.19)
                .step("p.Other.thing", "ci", 120, 0.005, 60, 0);
        List<Incident> incidents = histories.incidents();

        assertThat(incidents).hasSize(1);
        assertThat(incidents.get(0).kind()).isEqualTo(Incident.Kind.COST_SHIFT);
        assertThat(incidents.get(0).shifts()).hasSize(2);
        assertThat(incidents.get(0).clues().get(0)).isEqualTo(new Clue.CostMoved(Benchmark.of("p.Render.layout")));
    }

    @Test
    void work_that_went_to_another_class_of_the_package_on_two_machines_is_one_cost_shift() {
        Histories histories = new Histories(71);
        for (String machine : List.of("ci", "arm")) {
            histories
                    .step("p.Lexer.scan", machine, 120, 0.005, 60, -0.10)
                    .step("p.Parser.parse", machine, 120, 0.005, 60, 0.10)
                    .step("q.Other.thing", machine, 120, 0.005, 60, -0.10);
        }
        List<Incident> incidents = histories.incidents();

        assertThat(incidents).extracting(Incident::kind).containsExactly(Incident.Kind.COST_SHIFT, Incident.Kind.CODE);
        assertThat(incidents.get(0).shifts())
                .extracting(shift -> shift.key().benchmark().name())
                .containsExactlyInAnyOrder("p.Lexer.scan", "p.Lexer.scan", "p.Parser.parse", "p.Parser.parse");
        assertThat(incidents.get(0).clues().get(0)).isEqualTo(new Clue.CostMoved(Benchmark.of("p.Parser.parse")));
        assertThat(incidents.get(1).shifts())
                .allMatch(shift -> shift.key().benchmark().name().equals("q.Other.thing"));
    }

    @Test
    void a_loss_and_a_gain_of_other_packages_is_no_cost_shift() {
        Histories histories = new Histories(72);
        histories.step("p.Lexer.scan", "ci", 120, 0.005, 60, -0.10).step("q.Parser.parse", "ci", 120, 0.005, 60, 0.10);

        assertThat(histories.incidents()).hasSize(2).noneMatch(one -> one.kind() == Incident.Kind.COST_SHIFT);
    }

    /** Daylight costs a little: each evening and each morning would be an incident. */
    @Test
    void what_swings_with_the_hours_is_no_incident_and_a_step_under_it_is() {
        int others = 0;
        int found = 0;
        for (long seed = 81; seed < 91; seed++) {
            Histories histories = new Histories(seed);
            histories.with("p.S.s", "ci", 240, 1, 0.003, at -> at % 24 < 12 ? 105 : 100, Histories.still());
            histories.with(
                    "q.T.t",
                    "ci",
                    240,
                    1,
                    0.003,
                    at -> (at % 24 < 12 ? 105 : 100) * (at < 150 ? 1 : 1.1),
                    Histories.still());
            for (Incident incident : histories.incidents()) {
                boolean planted =
                        incident.worse() && likeliest(incident, histories).equals(Histories.commit(150));
                found += planted ? 1 : 0;
                others += planted ? 0 : 1;
            }
        }
        assertThat(found).isEqualTo(10);
        assertThat(others).isLessThanOrEqualTo(1);
    }

    @Test
    void a_series_that_came_back_is_no_neighbour_of_itself() {
        Histories histories = new Histories(7);
        histories.with("p.Render.layout", "ci", 150, 1, 0.05, i -> i < 60 || i >= 75 ? 100 : 120, Histories.still());

        assertThat(histories.incidents()).isNotEmpty().noneMatch(one -> one.kind() == Incident.Kind.COST_SHIFT);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void what_is_nothing_but_odd_runs_is_said_to_be_that_and_waits_for_nobody(long seed) {
        Histories histories = new Histories(seed);
        for (int i = 0; i < 8; i++) {
            histories.with("p.S.s" + i, "ci", 120, 1, 0.01, at -> at >= 70 && at < 75 ? 130 : 100, Histories.still());
        }
        List<Incident> incidents = histories.incidents();

        assertThat(incidents).isNotEmpty().allMatch(one -> one.kind() == Incident.Kind.NOISE);
        assertThat(incidents)
                .allMatch(one -> one.clues().get(0) instanceof Clue.OddRunsOnly odd
                        && odd.runs().stream().allMatch(run -> run.environment().equals("ci")));
        assertThat(incidents)
                .noneMatch(one -> Case.of(one, List.of(), Optional.empty()).isOpen());
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void a_step_of_a_whole_suite_that_stays_is_no_odd_run(long seed) {
        Histories histories = new Histories(seed);
        for (int i = 0; i < 8; i++) {
            histories.with("p.S.s" + i, "ci", 78, 1, 0.01, at -> at >= 70 ? 130 : 100, Histories.still());
        }
        List<Incident> incidents = histories.incidents();

        assertThat(incidents).hasSize(1);
        assertThat(incidents.get(0).kind()).isEqualTo(Incident.Kind.CODE);
    }

    /** Of what is told, one in twenty may be wrong. */
    @Test
    void what_other_machines_show_at_the_place_is_told_and_nothing_else() {
        int reported = 0;
        int rightly = 0;
        int changes = 0;
        for (long seed = 41; seed < 51; seed++) {
            Histories histories = new Histories(seed);
            for (int i = 0; i < 20; i++) {
                histories.step("p.S.s" + i, "ci", 100, 0.01, 60, 0.08);
                histories.step("p.S.s" + i, "arm", 100, 0.01, 60, i < 5 ? 0.015 : 0);
            }
            for (Incident incident : histories.incidents()) {
                changes += (int) incident.shifts().stream()
                        .filter(change -> change.key().environment().equals("arm"))
                        .count();
                for (Companion companion : incident.companions()) {
                    reported++;
                    boolean moved =
                            Integer.parseInt(companion.key().benchmark().name().substring(5)) < 5;
                    rightly += moved ? 1 : 0;
                    assertThat(companion.key().environment()).isEqualTo("arm");
                    assertThat(companion.interval().contains(companion.relativeChange()))
                            .isTrue();
                }
            }
        }
        // some of the fifty may be larger than the margin, and so are changes themselves
        assertThat(rightly + changes).isGreaterThan(33);
        assertThat(rightly).isGreaterThan(32);
        assertThat(reported - rightly).isLessThanOrEqualTo(6);
    }

    @Test
    void less_than_the_margin_on_two_machines_is_an_incident_that_waits_for_nobody() {
        Histories histories = new Histories(61);
        histories
                .step("p.S.s", "ci", 120, 0.001, 60, 0.01)
                .step("p.S.s", "arm", 120, 0.001, 60, 0.01)
                .step("q.T.t", "ci", 120, 0.001, 90, 0.01)
                .step("q.T.t", "arm", 120, 0.001, 90, 0);
        List<Incident> incidents = histories.incidents();

        assertThat(incidents).hasSize(1);
        assertThat(incidents.get(0).isSlight()).isTrue();
        assertThat(incidents.get(0).shifts()).hasSize(2);
        assertThat(likeliest(incidents.get(0), histories)).isEqualTo(Histories.commit(60));
        assertThat(Case.of(incidents.get(0), List.of(), Optional.empty()).isOpen())
                .isFalse();
    }

    @Test
    void less_than_the_margin_goes_with_what_is_more() {
        Histories histories = new Histories(62);
        histories
                .step("p.S.s", "ci", 120, 0.001, 60, 0.01)
                .step("p.S.s", "arm", 120, 0.001, 60, 0.01)
                .step("q.T.t", "ci", 120, 0.005, 60, 0.05);
        List<Incident> incidents = histories.incidents();

        assertThat(incidents).hasSize(1);
        assertThat(incidents.get(0).shifts()).hasSize(1);
        assertThat(incidents.get(0).companions())
                .extracting(companion -> companion.key().environment())
                .containsExactlyInAnyOrder("ci", "arm");
    }

    @Test
    void a_loss_without_a_neighbours_gain_is_none() {
        Histories histories = new Histories(8);
        histories
                .step("p.Render.layout", "ci", 120, 0.005, 60, 0.20)
                .step("p.Render.paint", "ci", 120, 0.005, 60, -0.05);

        assertThat(histories.incidents()).hasSize(2).noneMatch(one -> one.kind() == Incident.Kind.COST_SHIFT);
    }

    @Test
    void what_came_back_is_recovered_whatever_was_said_unless_that_was_final() {
        Histories histories = new Histories(9);
        histories.with("p.S.s", "ci", 150, 1, 0.01, i -> i < 60 || i >= 90 ? 100 : 110, Histories.still());
        Incident worse = histories.incidents().get(1);

        assertThat(worse.recovered()).isTrue();
        assertThat(worse.shifts().get(0).left()).isZero();
        assertThat(Case.of(worse, List.of(), Optional.empty()).state()).isEqualTo(Case.State.RECOVERED);
        assertThat(Case.of(worse, List.of(), Optional.of(stated(Annotation.Kind.ACKNOWLEDGED, "")))
                        .state())
                .isEqualTo(Case.State.RECOVERED);
        assertThat(Case.of(worse, List.of(), Optional.of(stated(Annotation.Kind.FIXED, "c90")))
                        .state())
                .isEqualTo(Case.State.FIXED);
        Histories lasting = new Histories(9).step("p.S.s", "ci", 100, 0.01, 60, 0.1);
        Case open = Case.of(lasting.incidents().get(0), List.of(), Optional.empty());
        assertThat(open.state()).isEqualTo(Case.State.NEW);
        assertThat(open.isOpen()).isTrue();
        SeriesKey key = open.incident().shifts().get(0).key();
        assertThat(open.stateOf(key)).isEqualTo(Case.State.NEW);
        Case partly =
                Case.of(open.incident(), List.of(), Annotated.NONE, Map.of(key, stated(Annotation.Kind.ACCEPTED, "")));
        assertThat(partly.state()).as("nothing was said of all of it").isEqualTo(Case.State.NEW);
        assertThat(partly.stateOf(key)).isEqualTo(Case.State.ACCEPTED);
        assertThat(open.incident().shifts().get(0).left()).isBetween(0.08, 0.12);
    }

    private static Annotation stated(Annotation.Kind state, String fixedBy) {
        return Annotation.of(
                state,
                new Annotation.Origin("i00000001", "ann", NOW, ""),
                state == Annotation.Kind.MUTED ? Optional.of(Instant.parse("2099-01-01T00:00:00Z")) : Optional.empty(),
                fixedBy);
    }

    @Test
    void revisions_that_a_machine_skipped_are_told_by_one_that_measured_them() {
        Histories histories = new Histories(10);
        histories
                .with("p.S.s", "ci", 160, 4, 0.005, i -> i < 81 ? 100 : 110, Histories.still())
                .with("p.S.s", "arm", 160, 1, 0.005, i -> i < 81 ? 100 : 110, Histories.still());
        Incident incident = histories.incidents().get(0);

        assertThat(incident.shifts()).hasSize(2);
        assertThat(likeliest(incident, histories)).isEqualTo(Histories.commit(81));
    }
}
