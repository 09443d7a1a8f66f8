package dev.plumbline.junit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Runs whole sessions against a baseline while the load of the machine changes, of the same code and of code that does
 * a tenth more, and counts what came of them. It takes a long time; scripts/junit-sessions runs it.
 *
 * <pre>
 * SessionsEvaluation SESSIONS BUDGET-SECONDS SEED BURNERS
 * </pre>
 */
public final class SessionsEvaluation {
    private static final int UNITS = 40;

    private SessionsEvaluation() {}

    /** Prints one line a session, then the counts. */
    public static void main(String[] arguments) throws IOException {
        int sessions = Integer.parseInt(arguments[0]);
        double budget = Double.parseDouble(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        int burners = Integer.parseInt(arguments[3]);
        PrintStream out = System.out;
        Path folder = Files.createTempDirectory("plumbline-sessions-");
        try (ChangingLoad load = new ChangingLoad(burners, seed)) {
            out.println("beside " + load.threads.size() + " burners");
            Counts same = new Counts();
            Counts slower = new Counts();
            for (Workload.Kind kind : Workload.Kind.values()) {
                Path work = folder.resolve(kind.name());
                Workload.compile(kind, UNITS, "equal", work.resolve("equal"));
                Workload.compile(kind, UNITS + UNITS / 10, "slow", work.resolve("slow"));
                session(work, budget, Settings.Mode.UPDATE, Workload.compile(kind, UNITS, "old", work.resolve("old")));
            }
            for (int i = 0; i < sessions; i++) {
                Workload.Kind kind = Workload.Kind.values()[i % Workload.Kind.values().length];
                Path work = folder.resolve(kind.name());
                out.println(
                        kind + " same: " + same.add(session(work, budget, Settings.Mode.CHECK, work.resolve("equal"))));
                if (i % 9 < 6) {
                    out.println(kind + " slower: "
                            + slower.add(session(work, budget, Settings.Mode.CHECK, work.resolve("slow"))));
                }
            }
            out.println("same code: " + same);
            out.println("a tenth slower: " + slower);
            if (same.failed > Math.max(1, sessions / 200) || slower.passed > 0.05 * (slower.passed + slower.failed)) {
                throw new IllegalStateException("more false failures, or fewer slowdowns found, than promised");
            }
        }
    }

    private static String session(Path work, double budget, Settings.Mode mode, Path code) {
        Settings settings = new Settings(
                Duration.ofMillis(Math.round(budget * 1000)),
                0.03,
                List.of(),
                mode,
                work.resolve("store"),
                work.resolve("results"));
        try {
            return "passed " + new BaselineComparison(Workload.TEST, settings).run(Workload.classPath(code));
        } catch (AssertionFailedError e) {
            return "failed " + e.getMessage().replace('\n', ' ');
        } catch (TestAbortedException e) {
            return "aborted " + e.getMessage().replace('\n', ' ');
        }
    }

    private static final class Counts {
        private int passed;
        private int failed;
        private int aborted;

        String add(String outcome) {
            if (outcome.startsWith("passed")) {
                passed++;
            } else if (outcome.startsWith("failed")) {
                failed++;
            } else {
                aborted++;
            }
            return outcome;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d sessions, %d passed, %d failed, %d aborted",
                    passed + failed + aborted,
                    passed,
                    failed,
                    aborted);
        }
    }

    /** Threads that compute for a while and rest for a while, as other people's builds do. */
    private static final class ChangingLoad implements AutoCloseable {
        private final List<Thread> threads = new ArrayList<>();
        private final AtomicInteger sink = new AtomicInteger();
        private volatile boolean isOver;

        ChangingLoad(int burners, long seed) {
            for (int i = 0; i < burners; i++) {
                Random random = new Random(seed + i);
                Thread thread = new Thread(() -> burn(random), "load " + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        }

        private void burn(Random random) {
            try {
                while (!isOver) {
                    long end = System.nanoTime()
                            + Duration.ofMillis(100 + random.nextInt(6000)).toNanos();
                    int x = 1;
                    while (System.nanoTime() < end && !isOver) {
                        for (int i = 0; i < 10_000; i++) {
                            x = x * 31 + i;
                        }
                    }
                    sink.addAndGet(x);
                    Thread.sleep(100 + random.nextInt(6000));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            isOver = true;
            threads.forEach(Thread::interrupt);
        }
    }
}
