package dev.plumbline.pipeline.check.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.report.evidence.ReasonWords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Suspects that are measured again, in suites of random numbers with a seed. */
class ConfirmSuspectsTest {
    private static final int RUNS = 4;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A suite whose benchmarks differ in nothing but noise, unless something is injected. */
    private static final class Suite implements ConfirmSuspects.Session, Remeasurement {
        private final Random random;
        private final double noise;
        private final List<Series> histories = new ArrayList<>();
        private final List<List<Point>> candidates = new ArrayList<>();
        private final List<RunInfo> added = new ArrayList<>();
        private final List<Remeasurement.Request> requests = new ArrayList<>();
        private final double[] factors;
        private boolean isIgnoringNames;
        private IOException failure;
        private int failingFrom;

        Suite(long seed, int benchmarks, int runs, double noise) {
            random = new Random(seed);
            this.noise = noise;
            factors = new double[benchmarks];
            for (int i = 0; i < benchmarks; i++) {
                factors[i] = 1;
                List<Point> points = new ArrayList<>();
                for (int run = 0; run < runs; run++) {
                    points.add(point(run("h" + run), 1));
                }
                SeriesKey key = new SeriesKey(Benchmark.of("b" + i), "time", "lab", "main");
                histories.add(new Series(key, Unit.of("ms"), Better.LOWER, points, List.of()));
            }
        }

        static RunInfo run(String id) {
            RunHeader header = new RunHeader(
                    Revision.of(id, "main"), Environment.unknown(), Optional.empty(), Instant.EPOCH, new TreeMap<>());
            return new RunInfo(id, header);
        }

        private Point point(RunInfo run, double factor) {
            double spread = random.nextInt(20) == 0 ? 3 * noise : noise;
            double value = 100 * factor * (1 + spread * random.nextGaussian());
            return Point.of(run, Sample.Values.of(Sample.Center.MEAN, value));
        }

        /** The first run, in which each benchmark takes so many times as long. */
        List<RunInfo> first(double... first) {
            RunInfo run = run("candidate");
            for (int i = 0; i < histories.size(); i++) {
                candidates.add(new ArrayList<>(List.of(point(run, i < first.length ? first[i] : 1))));
            }
            return List.of(run);
        }

        @Override
        public Judgement judge(List<RunInfo> runs, Policies policies) {
            List<Trial> trials = new ArrayList<>();
            for (int i = 0; i < histories.size(); i++) {
                trials.add(new Trial(histories.get(i), candidates.get(i), List.of()));
            }
            List<Finding> findings = new Judge(policies).judge(trials);
            List<Judgement.Judged> series = new ArrayList<>();
            for (int i = 0; i < findings.size(); i++) {
                series.add(
                        new Judgement.Judged(findings.get(i), Optional.of(trials.get(i)), Optional.empty(), List.of()));
            }
            return new Judgement(runs, series, List.of(), List.of());
        }

        @Override
        public List<Path> measure(Request request, Duration limit, Path scratch) throws IOException {
            requests.add(request);
            if (failure != null && requests.size() >= failingFrom) {
                throw failure;
            }
            return List.of(scratch);
        }

        @Override
        public List<RunInfo> add(List<Path> files, List<RunInfo> runs) {
            RunInfo run = run("again-" + requests.size());
            Collection<String> wanted = requests.get(requests.size() - 1).benchmarks();
            for (int i = 0; i < histories.size(); i++) {
                if (isIgnoringNames || wanted.contains("b" + i)) {
                    candidates.get(i).add(point(run, factors[i]));
                }
            }
            added.add(run);
            return List.of(run);
        }

        ConfirmSuspects.Outcome settle(List<RunInfo> runs) throws IOException {
            return settle(runs, GatePolicy.DEFAULT);
        }

        ConfirmSuspects.Outcome settle(List<RunInfo> runs, GatePolicy gate) throws IOException {
            return new ConfirmSuspects(
                            new ConfirmSuspects.Settings(RUNS, MINUTE), this, Progress.SILENT, System::nanoTime)
                    .settle(this, runs, List.of(Path.of("result.json")), Policy.DEFAULT, gate);
        }
    }

    private static boolean isCalled(Judgement judgement) {
        return judgement.findings().stream().anyMatch(finding -> finding.verdict() instanceof Verdict.Regressed);
    }

    private static long suspects(Judgement judgement) {
        return judgement.findings().stream().filter(Finding::isSuspect).count();
    }

    /** Seeds of suites whose first benchmark is the only suspect after its first run. */
    private static Suite suspected() throws IOException {
        for (int seed = 0; seed < 100; seed++) {
            Suite suite = new Suite(seed, 10, 20, 0.05);
            Judgement first = suite.judge(suite.first(1.2), Policy.DEFAULT);
            if (first.findings().get(0).isSuspect() && suspects(first) == 1 && !isCalled(first)) {
                return suite;
            }
        }
        throw new AssertionError("no seed below 100 has one suspect");
    }

    @Test
    void healthy_suites_have_no_more_false_alarms_with_confirmation_than_without() throws IOException {
        int with = 0;
        int without = 0;
        long suspectsBefore = 0;
        long suspectsAfter = 0;
        int further = 0;
        int suites = 300;
        for (int seed = 0; seed < suites; seed++) {
            Suite suite = new Suite(seed, 10, 20, 0.05);
            List<RunInfo> runs = suite.first();
            Judgement ordinary = suite.judge(runs, Policy.DEFAULT);
            Judgement settled = suite.settle(runs).judgement();
            without += isCalled(ordinary) ? 1 : 0;
            with += isCalled(settled) ? 1 : 0;
            suspectsBefore += suspects(ordinary);
            suspectsAfter += suspects(settled);
            further += suite.added.size();
        }
        assertThat(suspectsBefore).as("there is something to settle").isGreaterThan(5);
        assertThat(further).as("and it is measured again").isGreaterThan(10);
        assertThat(with)
                .as("suites of %d with a false alarm, %d without confirmation", suites, without)
                .isLessThanOrEqualTo(without)
                .isLessThanOrEqualTo(suites / 20);
        assertThat(suspectsAfter).isZero();
    }

    @Test
    void regressions_of_a_fifth_that_one_run_leaves_open_are_called() throws IOException {
        int with = 0;
        int without = 0;
        int suspected = 0;
        int confirmed = 0;
        for (int seed = 0; seed < 120; seed++) {
            Suite suite = new Suite(1000 + seed, 10, 20, 0.05);
            suite.factors[0] = 1.2;
            List<RunInfo> runs = suite.first(1.2);
            Finding ordinary = suite.judge(runs, Policy.DEFAULT).findings().get(0);
            Verdict settled = suite.settle(runs).judgement().findings().get(0).verdict();
            boolean isCalled = settled instanceof Verdict.Regressed;
            without += ordinary.verdict() instanceof Verdict.Regressed ? 1 : 0;
            with += isCalled ? 1 : 0;
            suspected += ordinary.isSuspect() ? 1 : 0;
            confirmed += ordinary.isSuspect() && isCalled ? 1 : 0;
        }
        assertThat(suspected).isGreaterThan(5);
        assertThat(confirmed).as("of %d suspects", suspected).isGreaterThan(suspected / 2);
        assertThat(with).isGreaterThan(without);
    }

    @Test
    void a_suspect_that_no_further_run_shows_is_settled_and_says_so() throws IOException {
        Suite suite = suspected();

        ConfirmSuspects.Outcome outcome = suite.settle(List.of(Suite.run("candidate")));

        Finding finding = outcome.judgement().findings().get(0);
        assertThat(finding.isSuspect()).isFalse();
        assertThat(finding.verdict()).isNotInstanceOf(Verdict.Regressed.class);
        assertThat(outcome.judgement().runs()).hasSize(1 + suite.added.size());
        assertThat(suite.added).hasSizeBetween(1, RUNS);
        if (finding.verdict() instanceof Verdict.Inconclusive open) {
            assertThat(ReasonWords.of(open.reason()))
                    .contains("checked again: ")
                    .endsWith("did not confirm it");
        }
        assertThat(outcome.notes())
                .containsExactly("checked again in " + suite.added.size() + " more run"
                        + (suite.added.size() == 1 ? "" : "s") + ": not confirmed b0 time");
        assertThat(suite.requests.get(0).benchmarks()).containsExactly("b0");
    }

    @Test
    void what_nobody_suspects_is_measured_once() throws IOException {
        Suite suite = new Suite(5, 3, 20, 0.01);

        ConfirmSuspects.Outcome outcome = suite.settle(suite.first(1, 2));

        assertThat(outcome.judgement().findings().get(1).verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(suite.requests).isEmpty();
        assertThat(outcome.notes()).isEmpty();
    }

    @Test
    void what_was_called_stays_called_while_others_are_looked_at_and_also_when_it_is_measured_again()
            throws IOException {
        for (boolean isIgnoringNames : new boolean[] {false, true}) {
            int seen = 0;
            for (int seed = 0; seed < 15; seed++) {
                Suite suite = new Suite(seed, 10, 20, 0.05);
                suite.factors[0] = 2;
                suite.isIgnoringNames = isIgnoringNames;
                List<RunInfo> runs = suite.first(2, 1.2);
                Judgement first = suite.judge(runs, Policy.DEFAULT);
                boolean isCalled = first.findings().get(0).verdict() instanceof Verdict.Regressed;
                if (isCalled && suspects(first) > 0) {
                    seen++;
                    ConfirmSuspects.Outcome outcome = suite.settle(runs);
                    assertThat(suite.added).as("seed %d", seed).isNotEmpty();
                    assertThat(outcome.judgement().findings().get(0).verdict())
                            .as("seed %d", seed)
                            .isInstanceOf(Verdict.Regressed.class);
                }
            }
            assertThat(seen).isPositive();
        }
    }

    @Test
    void a_failure_at_once_leaves_everything_as_it_was() throws IOException {
        Suite suite = suspected();
        suite.failure = new IOException("ended with exit code 7:\nno such jar");
        suite.failingFrom = 1;
        List<RunInfo> runs = List.of(Suite.run("candidate"));

        ConfirmSuspects.Outcome outcome = suite.settle(runs);

        assertThat(outcome.judgement().findings())
                .isEqualTo(suite.judge(runs, Policy.DEFAULT).findings());
        assertThat(outcome.judgement().runs()).isEqualTo(runs);
        assertThat(outcome.notes())
                .containsExactly(
                        "the --confirm command ended with exit code 7: no such jar; no new result for" + " b0 time");
    }

    @Test
    void what_is_left_to_be_measured_again_never_reads_as_if_more_runs_did_not_help() throws IOException {
        int left = 0;
        for (int seed = 0; seed < 60; seed++) {
            Suite suite = new Suite(seed, 5, 8, 0.04);
            suite.failure = new IOException("failed");
            suite.failingFrom = 1;
            ConfirmSuspects.Outcome outcome = suite.settle(suite.first(1.2 + seed % 10 * 0.02));
            for (Finding finding : outcome.judgement().findings()) {
                if (finding.isSuspect() && finding.verdict() instanceof Verdict.Inconclusive open) {
                    left++;
                    assertThat(open.runsNeeded()).as("seed %d", seed).isPresent();
                    assertThat(ReasonWords.of(open.reason())).doesNotContain("do not help");
                }
            }
        }
        assertThat(left).isPositive();
    }

    @Test
    void a_result_without_the_suspects_settles_nothing() throws IOException {
        Suite suite = suspected();
        ConfirmSuspects.Session elsewhere = new ConfirmSuspects.Session() {
            @Override
            public Judgement judge(List<RunInfo> runs, Policies policies) {
                return suite.judge(runs, policies);
            }

            @Override
            public List<RunInfo> add(List<Path> files, List<RunInfo> runs) {
                return List.of(Suite.run("of something else"));
            }
        };

        ConfirmSuspects.Outcome outcome = new ConfirmSuspects(
                        new ConfirmSuspects.Settings(RUNS, MINUTE), suite, Progress.SILENT, System::nanoTime)
                .settle(
                        elsewhere,
                        List.of(Suite.run("candidate")),
                        List.of(Path.of("result.json")),
                        Policy.DEFAULT,
                        GatePolicy.DEFAULT);

        assertThat(outcome.judgement().findings().get(0).isSuspect()).isTrue();
        assertThat(suite.requests).hasSize(1);
        assertThat(outcome.notes())
                .anyMatch(note -> note.contains("contained none of the possible regressions"))
                .anyMatch(note -> note.contains("no new result for b0 time"));
    }

    @Test
    void no_run_begins_when_the_time_is_over() throws IOException {
        Suite suite = suspected();
        Iterator<Long> clock =
                LongStream.iterate(0, time -> time + MINUTE.toNanos()).iterator();

        ConfirmSuspects.Outcome outcome = new ConfirmSuspects(
                        new ConfirmSuspects.Settings(RUNS, MINUTE), suite, Progress.SILENT, clock::next)
                .settle(
                        suite,
                        List.of(Suite.run("candidate")),
                        List.of(Path.of("result.json")),
                        Policy.DEFAULT,
                        GatePolicy.DEFAULT);

        assertThat(suite.requests).isEmpty();
        assertThat(outcome.judgement().findings().get(0).isSuspect()).isTrue();
        assertThat(outcome.notes()).singleElement().asString().contains("reached its time limit of 60 s");
    }

    @Test
    void what_is_muted_is_not_measured_again() throws IOException {
        Suite suite = suspected();
        GatePolicy muting = GatePolicy.DEFAULT.withRules(List.of(
                new GateRule("a rule", Optional.of(new NamePattern("b0")), Optional.empty(), GateRule.Weight.MUTED)));

        suite.settle(List.of(Suite.run("candidate")), muting);

        assertThat(suite.requests).isEmpty();
    }
}
