package dev.plumbline.core.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The likelihood ratio of a commit to move benchmarks, from the names of the files that it touched.
 *
 * <p>The weights are judgements, not estimates: small beside the evidence of a few more measurements, so that they
 * decide between commits that the measurements leave open and hardly ever against them.
 */
final class TouchedFiles {
    private static final double NAMED_AFTER = 4;
    private static final double TOOLCHAIN = 4;
    private static final double BUILD = 3;
    private static final double PACKAGE = 2;
    private static final double TESTS = 0.2;
    private static final double DOCUMENTS = 0.05;

    private static final Pattern WORD = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern BENCHMARK_FOLDER =
            Pattern.compile("(?i)(^|/)(jmh|bench(es|mark|marks|marking)?|perf(ormance)?)(/|$)");
    private static final Pattern TEST_FOLDER = Pattern.compile("(?i)(^|/)(tests?|spec|__tests__)/");
    // a text file elsewhere may well be what a benchmark reads
    private static final Pattern DOCUMENT = Pattern.compile("(?i)(^|/)(docs?|documentation)/"
            + "|\\.(md|rst|adoc|png|svg|jpg)$|(^|/)(license|notice|authors|changelog|readme|\\.gitignore)[^/]*$");
    private static final Pattern TOOLS =
            Pattern.compile("(?i)(^|/)(\\.(java|python|node|ruby|go|tool)-versions?|\\.sdkmanrc|\\.nvmrc"
                    + "|rust-toolchain(\\.toml)?|dockerfile[^/]*|global\\.json)$|(^|/)\\.mvn/jvm\\.config$");
    private static final Pattern BUILDS =
            Pattern.compile("(?i)(^|/)(pom\\.xml|[^/]*\\.gradle(\\.kts)?|gradle\\.properties"
                    + "|[^/]*\\.lock|package(-lock)?\\.json|cargo\\.toml|go\\.(mod|sum)|pyproject\\.toml|setup\\.(py|cfg)"
                    + "|requirements[^/]*\\.txt|cmakelists\\.txt|[^/]*\\.cmake|makefile[^/]*|[^/]*\\.mk|build\\.(sbt|xml|zig)"
                    + "|[^/]*\\.(csproj|sln|props|targets|bazel|toml)|libs\\.versions\\.toml|workspace|gemfile[^/]*"
                    + "|meson\\.build|configure(\\.ac)?|dune(-project)?)$|(^|/)\\.(github|gitlab|circleci|mvn)/");

    private TouchedFiles() {}

    /**
     * A weight with its evidence.
     *
     * @param factor 1 for an unknown commit
     */
    record Weight(double factor, List<Clue> clues) {
        /** Whether nothing was touched that moves a benchmark. */
        boolean isHarmless() {
            return clues.stream().anyMatch(Clue.TouchedOnly.class::isInstance);
        }

        /** Whether the list has a file that a benchmark is named after. */
        boolean isNamesake() {
            return clues.stream()
                    .anyMatch(clue -> clue instanceof Clue.Touched touched
                            && (touched.role() == Clue.Role.BENCHMARK || touched.role() == Clue.Role.NAMESAKE));
        }
    }

    /** The weight of a commit that touched these files, for benchmarks of these names. */
    static Weight of(List<String> files, Collection<String> benchmarks) {
        if (files.isEmpty()) {
            return new Weight(1, List.of());
        }
        if (all(
                files,
                file -> DOCUMENT.matcher(file).find() && !BUILDS.matcher(file).find())) {
            return new Weight(DOCUMENTS, List.of(new Clue.TouchedOnly(Clue.Harmless.DOCUMENTS)));
        }
        double factor = 1;
        List<Clue> clues = new ArrayList<>();
        Set<String> names = new HashSet<>();
        benchmarks.forEach(name -> names.addAll(significant(name)));
        Optional<String> namesake = first(files, file -> names.contains(stem(file)));
        if (namesake.isPresent()) {
            factor *= NAMED_AFTER;
            boolean isItself = BENCHMARK_FOLDER.matcher(namesake.get()).find() || isBenchmark(namesake.get());
            clues.add(new Clue.Touched(isItself ? Clue.Role.BENCHMARK : Clue.Role.NAMESAKE, namesake.get()));
        } else {
            Optional<String> near = first(files, file -> benchmarks.stream().anyMatch(name -> isInPackage(file, name)));
            if (near.isPresent()) {
                factor *= PACKAGE;
                clues.add(new Clue.Touched(Clue.Role.PACKAGE, near.get()));
            }
        }
        Optional<String> tools = first(files, file -> TOOLS.matcher(file).find());
        Optional<String> build = first(files, file -> BUILDS.matcher(file).find());
        if (tools.isPresent()) {
            factor *= TOOLCHAIN;
            clues.add(new Clue.Touched(Clue.Role.TOOLCHAIN, tools.get()));
        } else if (build.isPresent()) {
            factor *= BUILD;
            clues.add(new Clue.Touched(Clue.Role.BUILD, build.get()));
        }
        if (factor == 1
                && all(
                        files,
                        file -> TEST_FOLDER.matcher(file).find()
                                || DOCUMENT.matcher(file).find())) {
            return new Weight(TESTS, List.of(new Clue.TouchedOnly(Clue.Harmless.TESTS)));
        }
        return new Weight(factor, clues);
    }

    private static boolean all(List<String> files, Predicate<String> test) {
        return files.stream().allMatch(test);
    }

    private static Optional<String> first(List<String> files, Predicate<String> test) {
        return files.stream().filter(test).findFirst();
    }

    private static boolean isBenchmark(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.contains("bench") || name.contains("perf");
    }

    /** The last two words of a name: a class and a method, a module and a function. Shorter words name too much. */
    private static List<String> significant(String name) {
        List<String> words = new ArrayList<>();
        for (String word : WORD.split(name)) {
            if (!word.isEmpty()) {
                words.add(bare(word));
            }
        }
        return words.subList(Math.max(0, words.size() - 2), words.size()).stream()
                .filter(word -> word.length() > 2)
                .toList();
    }

    private static String stem(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.indexOf('.', 1);
        return bare(dot < 0 ? name : name.substring(0, dot));
    }

    /** A word without its benchmark or test suffix. */
    private static String bare(String word) {
        String small = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String bare = small.replaceAll("(benchmarks?|bench|perf|test)$", "").replaceAll("^(benchmark|bench|test)", "");
        return bare.isEmpty() ? small : bare;
    }

    /** Whether the folder's last two names are those of the package in the benchmark's name. */
    private static boolean isInPackage(String file, String benchmark) {
        int end = file.lastIndexOf('/');
        String[] words = benchmark.split("[./:]+");
        if (end <= 0 || words.length < 4) {
            return false;
        }
        String folder = "/" + file.substring(0, end);
        return folder.endsWith("/" + words[words.length - 4] + "/" + words[words.length - 3]);
    }
}
