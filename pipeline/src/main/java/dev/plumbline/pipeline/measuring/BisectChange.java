package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.core.stats.NoisyBisection;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.measure.BisectRounds;
import dev.plumbline.measure.Gauge;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.NearRevision;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BisectReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Searches for the commit that changed a benchmark, measuring as few commits as the noise allows. */
public final class BisectChange {
    private final Workspace workspace;
    private final Plan plan;
    private final ProcessRunner runner;
    private final Progress progress;

    /**
     * The settings of a search for a change.
     *
     * @param good a revision before the change
     * @param bad one with it
     * @param benchmark that means one benchmark
     * @param metric its name; the one that matters most when empty
     * @param build a line for the shell that builds a checkout; empty when nothing is to be built
     * @param settings when to stop
     * @param limit after which one execution or build is killed
     */
    public record Plan(
            String good,
            String bad,
            BenchmarkName benchmark,
            Optional<String> metric,
            Optional<String> build,
            BisectRounds.Settings settings,
            Duration limit) {
        public Plan {
            requireNonNull(good, "good");
            requireNonNull(bad, "bad");
            requireNonNull(benchmark, "benchmark");
            requireNonNull(metric, "metric");
            requireNonNull(build, "build");
            requireNonNull(settings, "settings");
            requireNonNull(limit, "limit");
        }
    }

    public BisectChange(Workspace workspace, Plan plan, ProcessRunner runner, Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.plan = requireNonNull(plan, "plan");
        this.runner = requireNonNull(runner, "runner");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Searches.
     *
     * @throws IOException if a revision does not exist, the good one is not before the bad one, or one of them cannot
     *     be built and measured
     */
    public BisectReport bisect(Target target) throws IOException {
        Git git = new Git(workspace.directory());
        if (git.root().isEmpty()) {
            throw new IOException(workspace.directory() + ": not a git repository; plumb bisect needs one");
        }
        String good = commit(git, plan.good);
        String bad = commit(git, plan.bad);
        if (good.equals(bad) || !git.isAncestor(good, bad)) {
            throw new IOException(
                    plan.good + ": not an ancestor of " + plan.bad + "; the good revision must come" + " first");
        }
        List<String> commits = git.between(good, bad);
        if (commits.isEmpty()) {
            throw new IOException(plan.good + ": not on the first-parent history of " + plan.bad);
        }
        try (Scratch scratch = Scratch.create();
                Built built = new Built(git, scratch.folder(), target.of(plan.benchmark), good, commits)) {
            BisectRounds.Outcome outcome = new BisectRounds(
                            plan.settings,
                            built::margin,
                            (position, run, share) -> progress.at(
                                    "measuring " + Checkouts.shown(built.commit(position)) + ", run " + run,
                                    Math.round(100 * share),
                                    100))
                    .measure(commits.size(), built);
            return report(git, outcome, built);
        }
    }

    /**
     * Those that a name means. Of a JMH jar the benchmarks with other parameters are gone already, and what is left has
     * its mode in no name before it is measured.
     */
    static List<Subject> named(List<Subject> subjects, BenchmarkName name) {
        int brace = name.text().endsWith("}") ? name.text().indexOf(" {") : -1;
        Stream<Predicate<String>> meanings =
                name.meanings().stream().map(meaning -> label -> meaning.test(Benchmark.ofLabel(label)));
        Stream<Predicate<String>> withoutBraces = brace < 0
                ? Stream.of()
                : new BenchmarkName(name.text().substring(0, brace))
                        .meanings().stream()
                                .map(meaning -> label -> label.indexOf(" {") < 0
                                        && meaning.test(Benchmark.of(label.replaceFirst(" .*", ""))));
        return Stream.concat(meanings, withoutBraces)
                .map(meaning -> subjects.stream()
                        .filter(subject -> meaning.test(subject.name()))
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static String commit(Git git, String revision) throws IOException {
        return git.commitOf(revision)
                .orElseThrow(
                        () -> new IOException(revision + ": unknown git revision" + NearRevision.hint(revision, git)));
    }

    private BisectReport report(Git git, BisectRounds.Outcome outcome, Built built) {
        Optional<NoisyBisection.Look> look = outcome.look();
        List<BisectReport.Commit> commits = IntStream.range(0, outcome.seen().size())
                .mapToObj(i -> {
                    BisectRounds.Seen seen = outcome.seen().get(i);
                    Optional<Git.Title> title = git.title(built.commit(i));
                    return new BisectReport.Commit(
                            built.commit(i),
                            title.map(Git.Title::author).orElse(""),
                            title.map(Git.Title::subject).orElse(""),
                            seen.runs(),
                            seen.failure(),
                            look.map(known -> known.posterior()[i]).orElse(0.0),
                            look.map(known -> known.bad()[i]).orElse(0.5));
                })
                .toList();
        return new BisectReport(
                switch (outcome.end()) {
                    case FOUND ->
                        look.filter(known -> !known.culprits().isEmpty()).isPresent()
                                ? BisectReport.End.FOUND
                                : BisectReport.End.UNDECIDED;
                    case NO_DIFFERENCE -> BisectReport.End.NO_DIFFERENCE;
                    case SPENT -> BisectReport.End.UNDECIDED;
                    case STOPPED -> BisectReport.End.STOPPED;
                },
                outcome.benchmark().isEmpty() ? plan.benchmark.text() : outcome.benchmark(),
                outcome.metric(),
                commits,
                look.map(NoisyBisection.Look::culprits).orElse(List.of()),
                look.map(NoisyBisection.Look::credible).orElse(List.of()),
                look.filter(known -> outcome.onLogs()).map(known -> Math.exp(known.before())),
                look.filter(known -> outcome.onLogs()).map(known -> Math.exp(known.after())),
                look.map(NoisyBisection.Look::deviation),
                outcome.endRuns());
    }

    /** Checkouts, made when they are first asked for and kept until the end: no commit is built twice. */
    private final class Built implements BisectRounds.Commits, AutoCloseable {
        private final Git git;
        private final Path scratch;
        private final Target target;
        private final String good;
        private final List<String> commits;
        private final Checkouts checkouts;
        private final Map<Integer, Checkout> open = new HashMap<>();
        private final Map<Integer, Gauge> gauges = new HashMap<>();
        private final Thresholds thresholds =
                workspace.configuration().thresholds(workspace.configuration().policy());

        Built(Git git, Path scratch, Target target, String good, List<String> commits) {
            this.git = git;
            this.scratch = scratch;
            this.target = target;
            this.good = good;
            this.commits = commits;
            this.checkouts = new Checkouts(workspace, plan.build, plan.limit, runner, progress);
        }

        String commit(int position) {
            return position == 0 ? good : commits.get(position - 1);
        }

        @Override
        public Gauge at(int position) throws IOException, InterruptedException {
            Gauge known = gauges.get(position);
            if (known != null) {
                return known;
            }
            Checkout checkout = checkouts.open(git, commit(position), scratch, "commit-" + position);
            open.put(position, checkout);
            checkouts.build(checkout, commit(position));
            Gauge gauge = new Gauge(subject(target.subjects(checkout.site())), plan.benchmark, plan.metric);
            gauges.put(position, gauge);
            return gauge;
        }

        /** As the rules for the series have it that this machine's results would join. */
        double margin(Gauge.Reading reading) {
            RunHeader header = open.values().iterator().next().site().header();
            SeriesKey key = new SeriesKey(
                    Benchmark.ofLabel(reading.benchmark()),
                    reading.metric().name(),
                    header.environment().key(),
                    header.revision().branch());
            return thresholds.of(key, reading.metric().unit()).testedMargin();
        }

        /** The one that the pattern names; where only one is there, it may hold the benchmark among others. */
        private Subject subject(List<Subject> subjects) throws CommandFailure {
            if (subjects.size() == 1) {
                return subjects.get(0);
            }
            List<Subject> named = named(subjects, plan.benchmark);
            if (named.size() != 1) {
                throw new CommandFailure(plan.benchmark.text() + ": matches " + named.size()
                        + " benchmarks but must match exactly one; available: "
                        + String.join(
                                ", ",
                                subjects.stream().map(Subject::name).limit(10).toList()));
            }
            return named.get(0);
        }

        @Override
        public void close() {
            open.values().forEach(Checkout::close);
        }
    }
}
