package dev.plumbline.publish.github;

import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.report.Report;
import dev.plumbline.report.text.MarkdownReport;
import dev.plumbline.report.text.TextReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The two files that a job of GitHub Actions leaves behind: the summary of its page ({@code GITHUB_STEP_SUMMARY}) and
 * the outputs that later steps read ({@code GITHUB_OUTPUT}: {@code gate}, {@code summary}, {@code regressions}, {@code
 * improvements}, {@code missing}).
 */
final class JobFiles {
    private final Map<String, String> variables;
    private final Supplier<String> random;

    /** @param random unpredictable words, for the lines that end a value */
    JobFiles(Map<String, String> variables, Supplier<String> random) {
        this.variables = Map.copyOf(variables);
        this.random = random;
    }

    boolean isWanted() {
        return variables.containsKey("GITHUB_STEP_SUMMARY") || variables.containsKey("GITHUB_OUTPUT");
    }

    /** @return what was done, in words */
    String publish(Publication publication) throws PublishFailure {
        append("GITHUB_STEP_SUMMARY", MarkdownReport.of(publication.report()) + "\n");
        append("GITHUB_OUTPUT", outputs(publication.report()));
        return "wrote the job's summary and outputs";
    }

    private String outputs(Report report) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("gate", report.gate().state().name().toLowerCase(Locale.ROOT));
        values.put("summary", TextReport.summary(report));
        Map<String, Integer> benchmarks = report.benchmarkCounts();
        values.put("regressions", benchmarks.get("REGRESSED").toString());
        values.put("improvements", benchmarks.get("IMPROVED").toString());
        values.put("missing", benchmarks.get("MISSING").toString());
        StringBuilder lines = new StringBuilder();
        values.forEach((name, value) -> {
            // values contain names of benchmarks: only an unpredictable line may end one
            String end = "end-" + random.get();
            lines.append(name).append("<<").append(end).append('\n');
            lines.append(value).append('\n').append(end).append('\n');
        });
        return lines.toString();
    }

    private void append(String variable, String text) throws PublishFailure {
        String file = variables.getOrDefault(variable, "");
        if (file.isBlank()) {
            return;
        }
        try {
            Files.writeString(
                    Path.of(file),
                    text,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND);
        } catch (IOException | InvalidPathException e) {
            throw new PublishFailure(variable + ": the file cannot be written");
        }
    }
}
