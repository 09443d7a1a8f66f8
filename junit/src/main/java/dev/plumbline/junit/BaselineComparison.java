package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.junit.baseline.Baseline;
import dev.plumbline.junit.baseline.BaselineStore;
import dev.plumbline.junit.baseline.StoreFailure;
import dev.plumbline.junit.baseline.StoreLock;
import dev.plumbline.junit.pairs.PairRule;
import dev.plumbline.junit.pairs.Words;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Measures a test beside its baseline, and reports the result: by returning, failing or aborting. */
final class BaselineComparison {
    private static final Duration WARM_UP = Duration.ofMillis(200);
    private static final int ROUNDS = 12;
    /** For results, where nothing has to be decided. */
    private static final int FEW_PAIRS = 3;

    private static final Duration WAIT = Duration.ofMinutes(10);
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(60);

    private final TestName test;
    private final Settings settings;
    private final List<String> options;
    private final Environment environment;

    BaselineComparison(TestName test, Settings settings) {
        this.test = requireNonNull(test, "test");
        this.settings = requireNonNull(settings, "settings");
        this.options = Stream.concat(
                        ForkCommand.inherited(
                                ManagementFactory.getRuntimeMXBean().getInputArguments())
                                .stream(),
                        settings.jvmArguments().stream())
                .toList();
        this.environment = LocalMachine.environment(options);
    }

    /**
     * Measures.
     *
     * @return a note on a test that has passed
     * @throws AssertionFailedError if it is certainly slower, or does nothing that can be measured
     * @throws TestAbortedException if nothing could be decided; the message says why and what helps
     */
    String run(List<Path> classPath) {
        ResultFile results = new ResultFile(settings.results());
        try {
            results.check();
        } catch (IOException e) {
            throw aborted("the results cannot be written to " + settings.results() + " (" + e
                    + "); make the folder writable, or name another with -D" + Settings.RESULTS + "=FOLDER");
        }
        Path scratch = null;
        try (StoreLock lock = StoreLock.take(settings.store(), WAIT)) {
            scratch = Files.createTempDirectory("plumbline-junit-");
            BaselineStore store = new BaselineStore(lock);
            String note = measure(store, results, classPath, scratch);
            store.tidy(Instant.now());
            return note;
        } catch (StoreFailure e) {
            throw aborted(e.getMessage());
        } catch (IOException e) {
            throw aborted("its files cannot be written (" + e + "); make room there");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw aborted("measuring was interrupted; raise the timeout of the test above its budget");
        } catch (PairOfForks.SideFailure e) {
            throw failed(e);
        } finally {
            remove(scratch);
        }
    }

    private String measure(BaselineStore store, ResultFile results, List<Path> classPath, Path scratch)
            throws StoreFailure, IOException, InterruptedException, PairOfForks.SideFailure {
        String key = Settings.key(settings.store(), test);
        List<Baseline.Entry> today = store.keep(classPath);
        ForkCommand candidate = command(store.locate(today));
        Optional<Baseline> known = settings.mode() == Settings.Mode.UPDATE ? Optional.empty() : store.find(key);
        if (known.isEmpty()) {
            PairedSession.Outcome outcome = session().take(pair(candidate, candidate, scratch), FEW_PAIRS);
            return record(store, results, key, today, outcome);
        }
        Baseline baseline = known.get();
        List<EnvironmentDifference> moved = EnvironmentDifference.between(environment, baseline.environment());
        if (!moved.isEmpty() && settings.mode() != Settings.Mode.MOVE) {
            throw aborted(elsewhere(baseline, moved));
        }
        store.used(key, Instant.now());
        PairedSession.Pair pair = pair(command(store.locate(baseline.classPath())), candidate, scratch);
        boolean isSame = baseline.isSameCode(today);
        PairedSession.Outcome outcome =
                isSame ? session().take(pair, FEW_PAIRS) : session().decide(pair);
        checkEffect(outcome.candidate());
        results.write(test, environment, Instant.now(), outcome.groups());
        if (!moved.isEmpty()) {
            store.put(
                    new Baseline(
                            key,
                            baseline.recordedAt(),
                            environment,
                            outcome.base(),
                            outcome.look().noise(),
                            baseline.classPath()),
                    Instant.now());
        }
        if (isSame) {
            return name() + ": the same code as the baseline of " + day(baseline) + "; "
                    + Words.time(outcome.candidate()) + " for a call";
        }
        return judge(baseline, outcome);
    }

    private String record(
            BaselineStore store,
            ResultFile results,
            String key,
            List<Baseline.Entry> today,
            PairedSession.Outcome outcome)
            throws StoreFailure, IOException {
        checkEffect(outcome.candidate());
        results.write(test, environment, Instant.now(), outcome.groups());
        store.put(
                new Baseline(
                        key,
                        Instant.now(),
                        environment,
                        outcome.candidate(),
                        outcome.look().noise(),
                        today),
                Instant.now());
        return name() + ": kept today's code as the baseline in " + settings.store() + "; "
                + Words.time(outcome.candidate()) + " for a call, noise of "
                + Words.percent(outcome.look().noise())
                + ". Later runs are compared with it.";
    }

    private String judge(Baseline baseline, PairedSession.Outcome outcome) {
        PairRule.Look look = outcome.look();
        String measured =
                Words.interval(look) + ", after " + Words.pairs(look.pairs()) + " in " + Words.seconds(outcome.spent());
        return switch (look.side()) {
            case BELOW ->
                name() + ": less than " + Words.percent(settings.margin()) + " slower than the baseline of "
                        + day(baseline) + " (" + measured + "); " + Words.time(outcome.candidate()) + " for a call";
            case ABOVE ->
                throw new AssertionFailedError("[" + name() + "]\n"
                        + "Expecting:\n"
                        + "  today's code, " + Words.time(outcome.candidate()) + " for a call\n"
                        + "to be at most " + Words.percent(settings.margin()) + " slower than:\n"
                        + "  the baseline of " + day(baseline) + ", " + Words.time(outcome.base()) + " beside it\n"
                        + "but it is " + Words.change(look.change()) + ":\n"
                        + "  " + measured + "\n"
                        + "If the change is intended, accept it as the new baseline:\n"
                        + "  run the test once with -Dtest=" + test.selector() + " -D" + Settings.BASELINE + "=update");
            case OPEN -> throw aborted(Undecided.message(outcome, settings));
        };
    }

    private void checkEffect(double nanos) {
        if (nanos < Undecided.LEAST_NANOS) {
            throw new AssertionFailedError("[" + name() + "] " + Undecided.noEffect("the operation", nanos));
        }
    }

    private static String elsewhere(Baseline baseline, List<EnvironmentDifference> moved) {
        return "the baseline of " + day(baseline) + " is of another machine or JVM: "
                + moved.stream()
                        .map(one -> one.fact() + " was " + known(one.there()) + " and is " + known(one.here()))
                        .collect(Collectors.joining("; "))
                + ". Compare with its code on this one with -D" + Settings.BASELINE
                + "=move, or make today's code the baseline with -D" + Settings.BASELINE + "=update";
    }

    private static String known(String value) {
        return value.isEmpty() ? "unknown" : value;
    }

    private static LocalDate day(Baseline baseline) {
        return LocalDate.ofInstant(baseline.recordedAt(), ZoneId.systemDefault());
    }

    private RuntimeException failed(PairOfForks.SideFailure failure) {
        String message = failure.failure().getMessage();
        String side = failure.isOfBase() ? "the baseline's code" : "today's code";
        if (message.contains("UnsupportedClassVersionError")) {
            return aborted(side + " needs a newer Java than " + Runtime.version() + ", which runs the tests; run them"
                    + " with that, or " + "take a new baseline with -D" + Settings.BASELINE + "=update");
        }
        if (failure.failure().isOfTest() && !failure.isOfBase()) {
            throw new AssertionFailedError("[" + name() + "] " + side + " failed in a process of its own, where the"
                    + " constructor, @BeforeAll, @BeforeEach and the test ran without JUnit's extensions:\n" + message);
        }
        return aborted(
                failure.isOfBase()
                        ? side + " cannot be measured any more: " + message + "\nTake a new baseline with -D"
                                + Settings.BASELINE + "=update"
                        : message);
    }

    private TestAbortedException aborted(String why) {
        return new TestAbortedException("[" + name() + "] " + why);
    }

    private String name() {
        return test.full().substring(test.type().lastIndexOf('.') + 1);
    }

    private PairedSession session() {
        return new PairedSession(new PairRule(1 + settings.margin()), settings.budget(), System::nanoTime);
    }

    private PairedSession.Pair pair(ForkCommand base, ForkCommand candidate, Path scratch) {
        Duration thrice = settings.budget().multipliedBy(3);
        Duration limit = thrice.compareTo(SHORTEST_LIMIT) > 0 ? thrice : SHORTEST_LIMIT;
        return new PairOfForks(base, candidate, new PairOfForks.Plan(WARM_UP, ROUNDS, limit, scratch), new Random())
                ::measure;
    }

    private ForkCommand command(List<Path> classPath) {
        Path home = Path.of(System.getProperty("java.home"));
        Path java = home.resolve("bin").resolve(isWindows() ? "java.exe" : "java");
        return new ForkCommand(java, options, classPath, Path.of("").toAbsolutePath(), test);
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private static void remove(Path scratch) {
        if (scratch == null) {
            return;
        }
        try (Stream<Path> files = Files.list(scratch)) {
            List<Path> all = new ArrayList<>(files.toList());
            all.add(scratch);
            for (Path file : all) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // the system empties its folder of temporary files
        }
    }
}
