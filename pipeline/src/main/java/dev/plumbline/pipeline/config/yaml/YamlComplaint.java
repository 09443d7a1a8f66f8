package dev.plumbline.pipeline.config.yaml;

import dev.plumbline.ingest.input.Excerpt;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * A complaint of the parser in the words of those who write configurations: the parser's are scalars, tokens
 * and block ends. A complaint that is not known here is reported without a reason rather than in the parser's words.
 */
final class YamlComplaint {
    private final MarkedYamlEngineException complaint;
    private final String context;
    private final String problem;

    YamlComplaint(MarkedYamlEngineException complaint) {
        this.complaint = complaint;
        context = String.valueOf(complaint.getContext());
        problem = String.valueOf(complaint.getProblem());
    }

    /** The complaint with its place and the line there. */
    Mistake mistake(String file, String text) {
        boolean unclosed = context.contains("flow") || context.contains("quoted");
        // what is never closed is fixed where it opens, not at the end of the file where the parser gives up
        boolean opening = unclosed && isAtEnd() || isKeyWithoutColon();
        Optional<Mark> mark = opening
                ? complaint.getContextMark().or(complaint::getProblemMark)
                : complaint.getProblemMark().or(complaint::getContextMark);
        Position where = mark.map(at -> new Position(file, at.getLine() + 1, at.getColumn() + 1))
                .orElse(new Position(file, 1, 1));
        List<String> lines = text.lines().toList();
        String line = where.line() <= lines.size() ? lines.get(where.line() - 1) : "";
        return new Mistake(
                where, words() + (line.isBlank() ? "" : "; the line is " + Excerpt.quoted(line.stripTrailing())));
    }

    private boolean isAtEnd() {
        return problem.contains("end of stream") || problem.contains("stream end") || problem.contains("<document");
    }

    /** Then the parser gives up in the line below. */
    private boolean isKeyWithoutColon() {
        return problem.contains("expected ':'");
    }

    private String words() {
        if (problem.contains("(TAB)")) {
            return "found a tab; indent with spaces";
        }
        if (problem.contains("cannot start any token")) {
            return "a value cannot start with this character; quote it";
        }
        if (context.contains("quoted")) {
            return isAtEnd()
                    ? "this quote is never closed"
                    : "not allowed in double quotes; use single quotes to keep characters as they are";
        }
        if (context.contains("flow mapping")) {
            return isAtEnd() ? "this { is never closed with }" : "missing comma between entries, or missing }";
        }
        if (context.contains("flow sequence")) {
            return isAtEnd() ? "this [ is never closed with ]" : "missing comma between entries, or missing ]";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "second \": \" in one value, or the line is indented too far; quote a value that contains a"
                    + " colon";
        }
        if (problem.contains("sequence entries are not allowed")) {
            return "a list cannot start here; put each \"- entry\" on its own line below the key";
        }
        if (isKeyWithoutColon()) {
            return "missing colon and space after the key, as in \"margin: 2 %\"";
        }
        if (context.contains("block mapping")) {
            return "not a key of the map above: wrong indentation, or text after a closing quote";
        }
        if (context.contains("block collection")) {
            return "not an entry of the list above: missing \"- \", or wrong indentation";
        }
        if (problem.contains("<document start>")) {
            return "does not belong to anything above; indent keys of one map alike";
        }
        return "this cannot be read as YAML";
    }
}
