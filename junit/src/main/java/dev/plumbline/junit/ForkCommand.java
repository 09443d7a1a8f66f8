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
 * How a process that measures one side is started.
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

    /** Those options of this JVM that another one of the same class path can have. */
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

    /** The words of the command line. */
    List<String> words(long warmUpNanos) {
        Set<Path> all = new LinkedHashSet<>();
        all.add(own());
        all.addAll(classPath);
        List<String> words = new ArrayList<>();
        words.add(java.toString());
        words.addAll(options);
        words.add("-cp");
        words.add(all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        words.add(ForkMain.class.getName());
        words.add(test.type());
        words.add(test.method());
        words.add(Long.toString(warmUpNanos));
        return words;
    }

    /** Where this code is: today's measures both sides, whatever the baseline was recorded with. */
    private static Path own() {
        CodeSource source = ForkMain.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of plumbline-junit: " + source.getLocation(), e);
        }
    }
}
