package dev.plumbline.buildtool;

import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The findings of a check on single benchmarks, read from its SARIF. */
public final class Findings {
    /**
     * A benchmark that needs attention.
     *
     * @param isError whether it fails the gate
     * @param rule the kind of it, such as {@code possible-regression}
     * @param id what {@code plumb accept} takes
     */
    public record Finding(String benchmark, boolean isError, String rule, String message, String id) {}

    private Findings() {}

    /** Reads what {@code plumb check -o FILE.sarif} wrote. */
    public static List<Finding> of(Path sarif) throws IOException {
        Object document;
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), Files.readString(sarif))) {
            parser.nextToken();
            document = value(parser);
        } catch (JacksonException e) {
            throw new IOException(sarif + " cannot be read: " + e.getOriginalMessage(), e);
        }
        List<Finding> findings = new ArrayList<>();
        for (Object run : list(document, "runs")) {
            for (Object result : list(run, "results")) {
                findings.add(new Finding(
                        text(member(result, "properties"), "benchmark"),
                        text(result, "level").equals("error"),
                        text(result, "ruleId"),
                        text(member(result, "message"), "text"),
                        text(member(result, "partialFingerprints"), "plumblineFinding/v1")));
            }
        }
        return findings;
    }

    /**
     * The reasons why a check failed a build, a line for each sentence.
     *
     * @param confirming how a build measures once more at once, such as {@code -Dplumb.confirm=true}
     * @return a list that can grow
     */
    public static List<String> failure(PlumbCall.Answer answer, List<Finding> findings, String confirming) {
        List<String> lines = new ArrayList<>();
        if (answer.exitCode() == ExitCode.UNDECIDED) {
            lines.add("Undecided: this run alone neither passes nor fails the gate.");
        }
        lines.addAll(answer.out());
        if (answer.exitCode() == ExitCode.UNDECIDED
                && findings.stream().anyMatch(finding -> finding.rule().equals("possible-regression"))) {
            lines.add(
                    "to decide: build again, which measures the commit once more; " + confirming + " does so at once");
        }
        return lines;
    }

    /** The first that fails the gate and can be accepted. */
    public static Optional<Finding> acceptable(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.isError() && !finding.id().isEmpty())
                .findFirst();
    }

    private static Object member(Object object, String name) {
        Object member = object instanceof Map<?, ?> map ? map.get(name) : null;
        return member == null ? Map.of() : member;
    }

    private static List<?> list(Object object, String name) {
        return member(object, name) instanceof List<?> list ? list : List.of();
    }

    private static String text(Object object, String name) {
        return member(object, name) instanceof String text ? text : "";
    }

    private static Object value(JsonParser parser) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
            return members;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        return String.valueOf(parser.getString());
    }
}
