package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.threshold.Thresholds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MarginSearchTest {
    private static final Thresholds PLAIN = new Thresholds(Policy.DEFAULT, List.of());
    private static final List<Actor> ACTORS = List.of(actor("a"), actor("b"), actor("c"));

    private static Actor actor(String name) {
        return Actor.of(Trials.DURATION.called(name).series(Trials.points(Trials.noisy(1, 20, 100, 0.01))), PLAIN);
    }

    private static SeriesKey key(int place) {
        return ACTORS.get(place).series().key();
    }

    /** One run in ten may have an alarm. */
    private static MarginSearch search(GateRule... weights) {
        GatePolicy gate = new GatePolicy(
                Severity.MAJOR,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.CLOSE,
                GatePolicy.Effect.CLOSE,
                5,
                0,
                List.of(weights),
                List.of());
        return new MarginSearch(ACTORS, PLAIN, gate, 0.1);
    }

    /** Ten runs, those at the end without alarms. */
    @SafeVarargs
    private static FalseAlarms ofTen(Map<Integer, Double>... alarms) {
        List<Map<Integer, Double>> runs = new ArrayList<>();
        for (Map<Integer, Double> run : alarms) {
            runs.add(run);
        }
        runs.addAll(Collections.nCopies(10 - alarms.length, Map.of()));
        return new FalseAlarms(runs);
    }

    @Test
    void the_most_frequent_alarms_get_a_margin_until_few_enough_runs_have_any() {
        MarginSearch search = search();

        assertThat(search.propose(ofTen(Map.of(1, 0.031), Map.of(1, 0.0425), Map.of(0, 0.05))))
                .isTrue();
        assertThat(search.proposals()).singleElement().satisfies(proposal -> {
            assertThat(proposal.key()).isEqualTo(key(1));
            assertThat(proposal.margin()).isEqualTo(0.043);
            assertThat(proposal.before()).isEqualTo(0.02);
            assertThat(proposal.alarms()).isEqualTo(2);
            assertThat(proposal.replays()).isEqualTo(10);
            assertThat(proposal.largest()).isEqualTo(0.0425);
        });
        assertThat(search.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.scope().covers(key(1), Trials.DURATION.unit())).isTrue();
            assertThat(rule.scope().covers(key(0), Trials.DURATION.unit())).isFalse();
        });
        assertThat(search.tooNoisy()).isEmpty();
        assertThat(search.isTooOften(new Proportion(1, 10))).isFalse();
        assertThat(search.isTooOften(new Proportion(2, 10))).isTrue();
    }

    @Test
    void alarms_in_spite_of_a_margin_widen_it() {
        MarginSearch search = search();
        search.propose(ofTen(Map.of(1, 0.031), Map.of(1, 0.0425)));

        assertThat(search.propose(ofTen(Map.of(1, 0.0501), Map.of(1, 0.0502), Map.of(1, 0.0503))))
                .isTrue();
        assertThat(search.proposals()).singleElement().satisfies(proposal -> {
            assertThat(proposal.margin()).isEqualTo(0.051);
            assertThat(proposal.before()).isEqualTo(0.02);
            assertThat(proposal.alarms()).isEqualTo(5);
            assertThat(proposal.replays()).isEqualTo(20);
            assertThat(proposal.largest()).isEqualTo(0.0503);
        });
        List<Tuning.Proposal> before = search.proposals();
        assertThat(search.propose(ofTen(Map.of(1, 0.0505), Map.of(1, 0.0505)))).isFalse();
        assertThat(search.proposals()).isEqualTo(before);
    }

    @Test
    void a_series_with_its_margin_does_not_keep_the_others_from_theirs() {
        MarginSearch search = search();
        search.propose(ofTen(Map.of(1, 0.0425), Map.of(1, 0.0425)));

        assertThat(search.propose(ofTen(Map.of(1, 0.04), Map.of(1, 0.04), Map.of(2, 0.06))))
                .isTrue();
        assertThat(search.proposals()).extracting(Tuning.Proposal::key).containsExactly(key(1), key(2));
    }

    @ParameterizedTest
    @CsvSource({"0.0985, true", "0.0995, false", "0.1, false"})
    void a_margin_lies_below_what_is_critical(double largest, boolean isProposed) {
        MarginSearch search = search();

        assertThat(search.propose(ofTen(Map.of(0, largest), Map.of(0, 0.05)))).isTrue();
        assertThat(search.proposals()).hasSize(isProposed ? 1 : 0);
        assertThat(search.tooNoisy()).hasSize(isProposed ? 0 : 1);
    }

    @Test
    void what_no_margin_can_mend_is_told_and_left_out_from_then_on() {
        MarginSearch search = search();
        search.propose(ofTen(Map.of(2, 0.05), Map.of(2, 0.05)));
        search.propose(ofTen(Map.of(2, 0.2), Map.of(2, 0.3)));
        FalseAlarms again = ofTen(Map.of(2, 0.2), Map.of(2, 0.3), Map.of(0, 0.5));

        assertThat(search.proposals()).isEmpty();
        Tuning.TooNoisy noisy = search.tooNoisy().get(0);
        assertThat(noisy)
                .isEqualTo(new Tuning.TooNoisy(key(2), 2, 10, 0.3, Severities.DEFAULT.critical(), noisy.rule()));
        assertThat(noisy.rule().orElseThrow().weight()).isEqualTo(GateRule.Weight.CONFIRMED);
        assertThat(noisy.rule().orElseThrow().covers(key(2))).isTrue();
        assertThat(noisy.rule().orElseThrow().covers(key(0))).isFalse();
        assertThat(search.avoidable(again).share()).isEqualTo(new Proportion(1, 10));
        assertThat(search.propose(again)).isFalse();

        search.propose(ofTen(Map.of(0, 0.5), Map.of(0, 0.5)));
        assertThat(search.tooNoisy()).extracting(Tuning.TooNoisy::key).containsExactly(key(0), key(2));
    }

    @ParameterizedTest
    @EnumSource(GateRule.Weight.class)
    void only_a_series_that_closes_the_gate_on_one_run_gets_another_weight(GateRule.Weight weight) {
        MarginSearch search = search(new GateRule("rule", Optional.empty(), Optional.empty(), weight));
        search.propose(ofTen(Map.of(2, 0.2), Map.of(2, 0.3)));

        assertThat(search.tooNoisy().get(0).rule().isPresent())
                .isEqualTo(weight == GateRule.Weight.CRITICAL || weight == GateRule.Weight.NORMAL);
    }
}
