package dev.plumbline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that a document shows in its fenced blocks, each with the output that it shows below. */
final class ShellBlocks {
    private static final Pattern COMMAND = Pattern.compile("(?:\\$ )?(?:\\./)?plumb(?: +(.*))?");

    /** A word: bare, or in quotes of either kind. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private ShellBlocks() {}

    /**
     * One command.
     *
     * @param line its line in the document, counted from 1
     * @param arguments what stands behind {@code plumb}, without a comment
     * @param shown the lines below it up to the next command or the end of its block, without blank ones at the ends
     */
    record Step(int line, List<String> arguments, List<String> shown) {
        Step {
            arguments = List.copyOf(arguments);
            shown = List.copyOf(shown);
        }
    }

    /** The commands of a document in their order. */
    static List<Step> of(Path document) throws IOException {
        List<String> lines = Files.readAllLines(document);
        List<Step> steps = new ArrayList<>();
        boolean inside = false;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                inside = !inside;
                continue;
            }
            Matcher command = COMMAND.matcher(lines.get(i));
            if (inside && command.matches()) {
                steps.add(new Step(
                        i + 1, words(command.group(1) == null ? "" : command.group(1)), shownBelow(lines, i + 1)));
            }
        }
        return steps;
    }

    private static List<String> shownBelow(List<String> lines, int start) {
        int end = start;
        while (end < lines.size()
                && !lines.get(end).startsWith("```")
                && !COMMAND.matcher(lines.get(end)).matches()
                && !lines.get(end).startsWith("./")) {
            end++;
        }
        int first = start;
        while (first < end && lines.get(first).isBlank()) {
            first++;
        }
        while (end > first && lines.get(end - 1).isBlank()) {
            end--;
        }
        return lines.subList(first, end);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find() && !word.group().startsWith("#")) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }
}
