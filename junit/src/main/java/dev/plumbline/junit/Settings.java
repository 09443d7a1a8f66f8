package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The settings of a performance test.
 *
 * @param margin how much slower is accepted, relative
 * @param budget for measuring
 * @param jvmArguments of the test's own
 * @param mode what is done with the baseline
 * @param store the folder of the baselines
 * @param results the folder of the results
 */
record Settings(Duration budget, double margin, List<String> jvmArguments, Mode mode, Path store, Path results) {
    static final String MARGIN = "plumbline.margin";
    static final String BUDGET = "plumbline.budget";
    static final String BASELINE = "plumbline.baseline";
    static final String STORE = "plumbline.store";
    static final String RESULTS = "plumbline.results";

    private static final double MARGIN_PERCENT = 3;
    private static final double BUDGET_SECONDS = 20;

    /** The treatment of the baseline. */
    enum Mode {
        /** It is held against; where there is none, one is taken. */
        CHECK,
        /** A new one is taken. */
        UPDATE,
        /** It is held against on this machine and JVM, though it was taken on another; then it is of this one. */
        MOVE,
        /** None: the operation runs once, as in a functional test. */
        OFF
    }

    Settings {
        requireNonNull(budget, "budget");
        requireNonNull(mode, "mode");
        requireNonNull(store, "store");
        requireNonNull(results, "results");
        jvmArguments = List.copyOf(jvmArguments);
    }

    /**
     * @param parameters of JUnit's configuration, or system properties
     * @param type the test's class, which shows where the build puts what it makes
     */
    static Settings of(PerformanceTest test, Function<String, Optional<String>> parameters, Class<?> type) {
        double margin = number(parameters, MARGIN, test.margin(), MARGIN_PERCENT, value -> value > 0 && value <= 1000);
        double budget =
                number(parameters, BUDGET, test.budget(), BUDGET_SECONDS, value -> value > 0 && value <= 86_400);
        Path project = Path.of("").toAbsolutePath();
        return new Settings(
                duration(budget),
                margin / 100,
                List.of(test.jvmArguments()),
                mode(parameters.apply(BASELINE)),
                parameters
                        .apply(STORE)
                        .map(folder -> project.resolve(folder).normalize())
                        .orElseGet(() -> root(project).resolve(".plumbline").resolve("junit")),
                parameters
                        .apply(RESULTS)
                        .map(folder -> project.resolve(folder).normalize())
                        .orElseGet(() -> buildFolder(project, type).resolve("plumbline")));
    }

    /** @param seconds as the system property has it */
    static Duration budget(String seconds) {
        return duration(number(name -> Optional.of(seconds), BUDGET, 0, BUDGET_SECONDS, Settings::isBudget));
    }

    private static boolean isBudget(double seconds) {
        return seconds > 0 && seconds <= 86_400;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
    }

    private static double number(
            Function<String, Optional<String>> parameters,
            String name,
            double own,
            double usual,
            Predicate<Double> accepted) {
        Optional<String> text = own == 0 ? parameters.apply(name) : Optional.empty();
        try {
            double value = text.isPresent()
                    ? Double.parseDouble(text.get().replace("%", "").strip())
                    : own == 0 ? usual : own;
            if (accepted.test(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the message below shows it
        }
        throw new ExtensionConfigurationException(name + " is " + text.orElse(Double.toString(own)) + "; it is "
                + (name.equals(MARGIN)
                        ? "the accepted slowdown in percent, such as 3"
                        : "the time to measure in seconds, such as 20"));
    }

    private static Mode mode(Optional<String> text) {
        String word = text.orElse("check").strip();
        for (Mode mode : Mode.values()) {
            if (mode.name().equalsIgnoreCase(word)) {
                return mode;
            }
        }
        throw new ExtensionConfigurationException(
                BASELINE + " is " + word + "; it is one of check, update, move and off");
    }

    /** The nearest folder above that is a project's root; modules of one project share it. */
    private static Path root(Path project) {
        for (Path folder = project; folder != null; folder = folder.getParent()) {
            for (String mark : List.of("plumbline.yaml", ".plumbline", ".git", ".mvn", "settings.gradle")) {
                if (Files.exists(folder.resolve(mark))) {
                    return folder;
                }
            }
        }
        return project;
    }

    private static Path buildFolder(Path project, Class<?> type) {
        try {
            Path classes = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (Path folder = classes; folder != null; folder = folder.getParent()) {
                String name =
                        folder.getFileName() == null ? "" : folder.getFileName().toString();
                if (name.equals("target") || name.equals("build")) {
                    return folder;
                }
            }
        } catch (URISyntaxException | RuntimeException e) {
            // a class without a place
        }
        return project.resolve("target");
    }

    /** The key of a test's baseline, so that tests of the same name in two modules have one each. */
    static String key(Path store, TestName test) {
        Path root = store.getParent() == null || store.getParent().getParent() == null
                ? store
                : store.getParent().getParent();
        Path project = Path.of("").toAbsolutePath();
        String module =
                project.startsWith(root) ? root.relativize(project).toString().replace('\\', '/') : "";
        return module.isEmpty() ? test.full() : module.toLowerCase(Locale.ROOT) + ":" + test.full();
    }
}
