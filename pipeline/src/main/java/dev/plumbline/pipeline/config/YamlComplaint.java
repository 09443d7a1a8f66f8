package dev.plumbline.pipeline.config;

import dev.plumbline.ingest.input.Shown;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * What the parser complains of, in the words of those who write configurations: the parser speaks of scalars, tokens
 * and block ends. A complaint that is not known here is told without a reason rather than in the parser's words.
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

    /** The complaint with its place and the line that stands there. */
    Mistake mistake(String file, String text) {
        boolean unclosed = context.contains("flow") || context.contains("quoted");
        // what is never closed is mended where it opens, not at the end of the file where the parser gives up
        boolean opening = unclosed && isAtEnd() || isKeyWithoutColon();
        Optional<Mark> mark = opening
                ? complaint.getContextMark().or(complaint::getProblemMark)
                : complaint.getProblemMark().or(complaint::getContextMark);
        Position where = mark.map(at -> new Position(file, at.getLine() + 1, at.getColumn() + 1))
                .orElse(new Position(file, 1, 1));
        List<String> lines = text.lines().toList();
        String line = where.line() <= lines.size() ? lines.get(where.line() - 1) : "";
        return new Mistake(
                where, words() + (line.isBlank() ? "" : "; the line is " + Shown.quoted(line.stripTrailing())));
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
            return "a tab stands here; indent with blanks";
        }
        if (problem.contains("cannot start any token")) {
            return "no value begins with this character; put the value in quotes";
        }
        if (context.contains("quoted")) {
            return isAtEnd()
                    ? "the quote that opens here is never closed"
                    : "this cannot stand between double quotes; single quotes take every character as it is";
        }
        if (context.contains("flow mapping")) {
            return isAtEnd()
                    ? "the { that stands here is never closed with }"
                    : "between { and } entries are parted by commas; one is missing, or the }";
        }
        if (context.contains("flow sequence")) {
            return isAtEnd()
                    ? "the [ that stands here is never closed with ]"
                    : "between [ and ] entries are parted by commas; one is missing, or the ]";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a second \": \" stands in one value, or the line is indented further than the one above;"
                    + " put a value that has a colon in it in quotes";
        }
        if (problem.contains("sequence entries are not allowed")) {
            return "a list cannot begin here; put each \"- entry\" on a line of its own below the key";
        }
        if (isKeyWithoutColon()) {
            return "a key is followed by a colon and a blank, as in \"margin: 2 %\"; this one is not";
        }
        if (context.contains("block mapping")) {
            return "this is no key of those above: it is indented differently, or stands behind a closing quote";
        }
        if (context.contains("block collection")) {
            return "this is no entry of the list above: it does not begin with \"- \", or is indented differently";
        }
        if (problem.contains("<document start>")) {
            return "this belongs to nothing above; keys beside each other are indented alike";
        }
        return "this cannot be read as YAML";
    }
}
