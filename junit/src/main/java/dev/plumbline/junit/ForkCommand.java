package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The command that starts a process for one side.
 *
 * @param java the program
 * @param options of the Java machine
 * @param classPath of the side, without what measures
 * @param directory where it runs
 * @param test class and method
 */
record ForkCommand(Path java, List<String> options, List<Path> classPath, Path directory, TestName test) {
    ForkCommand {
        requireNonNull(java, "java");
        requireNonNull(directory, "directory");
        requireNonNull(test, "test");
        options = List.copyOf(options);
        classPath = List.copyOf(classPath);
    }

    /** The options of this JVM that another one of the same class path can have. */
    static List<String> inherited(List<String> options) {
        List<String> inherited = new ArrayList<>();
        for (String option : options) {
            boolean ofMachine =
                    option.startsWith("-X") && !option.startsWith("-Xrunjdwp") && !option.startsWith("-Xdebug");
            boolean ofAccess = option.startsWith("--add-opens=")
                    || option.startsWith("--add-exports=")
                    || option.startsWith("--enable-native-access=")
                    || option.startsWith("--sun-misc-unsafe-memory-access=");
            if (ofMachine || ofAccess || option.startsWith("-D") || option.equals("--enable-preview")) {
                inherited.add(option);
            }
        }
        return inherited;
    }

    /**
     * The options that make processes alike from the first measured invocation on. The compiler's work is waited for,
     * so that none is measured half compiled on a busy machine; and memory is touched when the heap gets it, since what
     * touches a page for the first time takes several times as long, for as long as the heap has fresh ones.
     */
    static List<String> steady(List<String> own) {
        List<String> steady = new ArrayList<>(List.of("-Xbatch", "-XX:+AlwaysPreTouch"));
        if (own.stream().noneMatch(ForkCommand::isOfHeap)) {
            steady.add("-Xms64m"); // the usual share of a large machine would take long to touch
        }
        steady.addAll(own);
        return steady;
    }

    private static boolean isOfHeap(String option) {
        return option.startsWith("-Xms")
                || option.startsWith("-Xmn")
                || option.contains("HeapSize")
                || option.contains("RAMPercentage")
                || option.contains("RAMFraction")
                || option.matches("-Xmx(\\d{1,7}[kK]|[1-5]?\\d[mM]|\\d{1,7})");
    }

    /** The words of the command line. */
    List<String> words(long warmUpNanos) {
        Set<Path> all = new LinkedHashSet<>();
        all.add(own());
        all.addAll(classPath);
        List<String> words = new ArrayList<>();
        words.add(java.toString());
        words.addAll(steady(options));
        words.add("-cp");
        words.add(all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        words.add(ForkMain.class.getName());
        words.add(test.type());
        words.add(test.method());
        words.add(Long.toString(warmUpNanos));
        return words;
    }

    /** The place of this code: today's measures both sides, whatever the baseline was recorded with. */
    private static Path own() {
        CodeSource source = ForkMain.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of plumbline-junit: " + source.getLocation(), e);
        }
    }
}
