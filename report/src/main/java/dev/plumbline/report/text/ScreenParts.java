package dev.plumbline.report.text;

import dev.plumbline.report.Words;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The parts of a screen of few lines: the most urgent that fit, in the order of the screen. */
final class ScreenParts {
    /** A part of the screen that runs over more lines than these loses its end, where no line is left for it. */
    private static final int LINES_OF_A_PART = 2;

    /** On a narrower terminal a part may take more lines: as many as hold what it has room for on one so wide. */
    private static final int USUAL_WIDTH = 80;

    static final String INDENT = "  ";

    /** Names at most, of those that share a sentence. */
    static final int NAMES = 3;

    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m");

    /** Lines that rows leave for what explains them. */
    private static final int BESIDE_ROWS = 2;

    private final TextStyle style;
    private final List<Part> parts = new ArrayList<>();

    /** The order of parts on the screen; those that yield to others first are the least urgent. */
    enum Urgency {
        ALWAYS,
        /** The rows of what got worse: some of them come before anything that explains them. */
        ROWS,
        HIGH,
        MIDDLE,
        LOW
    }

    /**
     * @param text of few lines
     * @param longer what takes its place where there are lines left, the longest last; mostly nothing
     */
    private record Part(Urgency urgency, String text, List<String> longer, TextStyle style) {
        int lines() {
            return lines(text);
        }

        /** The longest text that fits into the lines that are left. */
        String with(int left) {
            return longer.stream().filter(one -> lines(one) - lines() <= left).reduce(text, (shorter, one) -> one);
        }

        /** As many as a terminal takes, which breaks a line that is longer than it is wide. */
        int lines(String text) {
            int count =
                    (int) text.chars().filter(character -> character == '\n').count();
            return style.whole()
                    ? count
                    : text.lines()
                            .mapToInt(line -> Math.max(1, (widthOf(line) + style.width() - 1) / style.width()))
                            .sum();
        }

        private int widthOf(String line) {
            return TerminalText.width(ESCAPES.matcher(line).replaceAll(""));
        }
    }

    ScreenParts(TextStyle style) {
        this.style = style;
    }

    /**
     * The parts that fit into a number of lines, the most urgent first, in the order of the screen; remaining lines go
     * to those that lost their ends.
     */
    String within(int lines) {
        Map<Part, String> shown = new HashMap<>();
        int left = lines;
        for (Urgency urgency : Urgency.values()) {
            for (Part part : parts) {
                if (part.urgency() == urgency && (part.lines() <= left || urgency == Urgency.ALWAYS)) {
                    shown.put(part, part.text());
                    left -= part.lines();
                }
            }
            // what a person acts on is whole before what is less urgent is there at all
            if (urgency == Urgency.ROWS) {
                left = BESIDE_ROWS + lengthen(shown, left - BESIDE_ROWS, Set.of(Urgency.ROWS));
            } else if (urgency == Urgency.HIGH) {
                left = lengthen(shown, left, Set.of(Urgency.ROWS, Urgency.HIGH));
            }
        }
        lengthen(shown, left, Set.of(Urgency.ALWAYS, Urgency.MIDDLE, Urgency.LOW));
        return parts.stream().filter(shown::containsKey).map(shown::get).collect(Collectors.joining());
    }

    /** @return how many lines are left then */
    private int lengthen(Map<Part, String> shown, int lines, Set<Urgency> urgencies) {
        int left = lines;
        for (Part part : parts) {
            if (urgencies.contains(part.urgency()) && shown.containsKey(part)) {
                int now = part.lines(shown.get(part));
                String text = part.with(left + now - part.lines());
                if (part.lines(text) >= now) {
                    left -= part.lines(text) - now;
                    shown.put(part, text);
                }
            }
        }
        return left;
    }

    void add(Urgency urgency, Consumer<StringBuilder> writer) {
        StringBuilder text = new StringBuilder();
        writer.accept(text);
        if (text.length() > 0) {
            parts.add(new Part(urgency, text.toString(), List.of(), style));
        }
    }

    /** A part that is cut to the available space. */
    void growing(Urgency urgency, List<String> longer) {
        parts.add(new Part(urgency, longer.get(0), longer.subList(1, longer.size()), style));
    }

    /** The line that counts what is not there; empty text where nothing is left out. */
    String moreLine(String words) {
        return words.isEmpty() ? "" : paragraph(INDENT, "and " + words, Ansi.DIM, roomOf(style.width(), INDENT));
    }

    /** The number of terminal lines that a text takes. */
    int linesOf(String text) {
        return new Part(Urgency.ALWAYS, text, List.of(), style).lines();
    }

    void paragraph(Urgency urgency, String first, String words, Ansi look) {
        String text = paragraph(first, words, look, roomOf(style.width(), first));
        if (text.isEmpty()) {
            return;
        }
        List<String> longer = new ArrayList<>();
        int most = roomOf(Math.max(USUAL_WIDTH, style.width()), first);
        int line = Math.max(1, style.width() - first.length());
        for (int room = roomOf(style.width(), first) + line; room < most; room += line) {
            longer.add(paragraph(first, words, look, room));
        }
        longer.add(paragraph(first, words, look, most));
        parts.add(new Part(urgency, text, longer, style));
    }

    /** The number of columns that two lines of a terminal have for a part. */
    private static int roomOf(int columns, String first) {
        return LINES_OF_A_PART * (columns - first.length()) - 12;
    }

    /** Whether a sentence is cut also where two lines of 80 columns have room for it. */
    boolean isTooLong(String first, String words) {
        return TerminalText.width(style.safe(words)) > roomOf(Math.max(USUAL_WIDTH, style.width()), first);
    }

    private String paragraph(String first, String words, Ansi look, int room) {
        StringBuilder out = new StringBuilder();
        Paragraph.append(first, begun(style.safe(words), style.room(room)), look, style, out);
        return out.toString();
    }

    /** The sentences that there is room for; of a first one that is longer its beginning. */
    private String begun(String safe, int columns) {
        if (TerminalText.width(safe) <= columns) {
            return safe;
        }
        String start = TerminalText.start(safe, columns - style.ellipsis().length() - 1);
        int end = Math.max(start.lastIndexOf(". "), start.lastIndexOf("; "));
        return end > 0 ? start.substring(0, end) + " " + style.ellipsis() : start + style.ellipsis();
    }

    /** Adds the number of further ones beyond those named; nothing where there are none. */
    void more(int count, String one, String many) {
        if (count > 0) {
            paragraph(Urgency.LOW, INDENT, "and " + Words.count(count, "more " + one, "more " + many), Ansi.DIM);
        }
    }

    /** On one line, whatever the width. */
    void line(String words) {
        int room = style.width() - INDENT.length();
        String safe = style.safe(words);
        String shown = TerminalText.width(safe) <= room ? safe : style.shorten(safe, room);
        add(Urgency.LOW, out -> out.append(INDENT).append(shown).append('\n'));
    }

    /** The first of some names, and how many more there are. */
    static String names(List<String> all) {
        return all.stream().limit(NAMES).collect(Collectors.joining(", "))
                + (all.size() > NAMES ? " and " + (all.size() - NAMES) + " more" : "");
    }
}
