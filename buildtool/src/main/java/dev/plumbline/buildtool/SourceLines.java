package dev.plumbline.buildtool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a benchmark's source, found by its name.
 *
 * @param roots folders of sources, as the module compiles them
 */
public record SourceLines(List<Path> roots) {
    private static final List<String> ENDINGS = List.of(".java", ".kt", ".scala", ".groovy");

    public SourceLines {
        roots = List.copyOf(roots);
    }

    /**
     * The file and line as compilers write them, {@code FILE:[LINE,1]}.
     *
     * @param benchmark {@code package.Class.method}; the class may be a nested one
     * @return empty where no source has such a class
     */
    public Optional<String> of(String benchmark) {
        int dot = benchmark.lastIndexOf('.');
        String method = benchmark.substring(dot + 1);
        for (String type = dot < 0 ? "" : benchmark.substring(0, dot); !type.isEmpty(); type = outer(type)) {
            for (Path root : roots) {
                for (String ending : ENDINGS) {
                    Path file = root.resolve(type.replace('.', '/').replace('$', '/') + ending);
                    if (Files.isRegularFile(file)) {
                        return Optional.of(file + ":[" + line(file, method) + ",1]");
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The message about a benchmark, behind the place of its source where that is known. */
    public String message(Findings.Finding finding) {
        return of(finding.benchmark()).map(place -> place + " ").orElse("") + finding.message();
    }

    private static String outer(String type) {
        return type.substring(0, Math.max(0, Math.max(type.lastIndexOf('.'), type.lastIndexOf('$'))));
    }

    /** The first line that declares the method, 1 where none seems to. */
    private static int line(Path file, String method) {
        Pattern declaration = Pattern.compile("(?:[\\w>\\]?]|fun|def)\\s+" + Pattern.quote(method) + "\\s*\\(.*");
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                boolean isCall = line.startsWith("return ") || line.startsWith("*") || line.startsWith("//");
                if (!isCall && declaration.matcher(line).find()) {
                    return i + 1;
                }
            }
        } catch (IOException e) {
            return 1; // another encoding; the file is right
        }
        return 1;
    }
}
