package dev.plumbline.ingest.callgrind;

import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The lines of a profile file.
 *
 * <p>The total of a part is its line {@code totals:}, which is what Callgrind prints as collected; else {@code
 * summary:}, from which it may differ by what fell to no function; else the sum of its own cost lines, those of calls
 * left out.
 */
final class Profile {
    private final Source source;
    private final ImportContext surroundings;
    private final Recorder recorder;
    private final Totals totals = new Totals();
    private RunFacts facts = new RunFacts();
    private String command = "";
    private List<String> events = List.of();
    private String where;
    private int positions = 1;
    private long[] stated = {};
    private boolean hasStated;
    private boolean hasSummary;
    private boolean hasTotals;
    private boolean hasCosts;
    private long[] added = {};
    private boolean hasAdded;
    private boolean call;

    Profile(Source source, ImportContext surroundings, Recorder recorder) {
        this.source = source;
        this.surroundings = surroundings;
        this.recorder = recorder;
        this.where = source.name();
    }

    /** Takes a line; true when it can only be one of a profile. */
    boolean line(String place, String line) throws IOException {
        if (line.isEmpty() || line.charAt(0) == '#') {
            return false;
        }
        char first = line.charAt(0);
        if (first >= '0' && first <= '9' || first == '+' || first == '-' || first == '*') {
            cost(place, line);
            return !events.isEmpty();
        }
        if (line.startsWith("calls=")) {
            call = true; // the next line has what the called function cost
            return true;
        }
        int colon = line.indexOf(':');
        if (colon <= 0 || line.indexOf('=') >= 0 && line.indexOf('=') < colon) {
            return false;
        }
        return header(place, line.substring(0, colon), line.substring(colon + 1).strip());
    }

    private boolean header(String place, String key, String value) throws IOException {
        switch (key) {
            case "version" -> {
                if (!value.equals("1")) {
                    throw new UnreadableInput(
                            place,
                            "is version " + Excerpt.quoted(value) + " of the Callgrind format; version 1 is read");
                }
            }
            case "creator" -> facts.tool(tool(value), version(value));
            case "pid", "thread" -> {}
            case "part" -> endPart();
            case "cmd" -> {
                if (!command.isEmpty() && !command.equals(value)) {
                    handOn();
                }
                command = value;
            }
            case "desc" -> description(value);
            case "positions" ->
                positions = (int) Arrays.stream(value.split("\\s+", -1))
                        .filter(word -> !word.isEmpty())
                        .count();
            case "events" -> {
                endPart();
                events = Arrays.stream(value.split("\\s+", -1))
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .limit(1000)
                        .toList();
                where = place;
            }
            case "summary", "totals" -> {
                stated = counts(place, value, 0); // the totals come last
                hasStated = true;
                if (key.equals("totals")) {
                    compare(place);
                }
                hasSummary |= key.equals("summary") && !hasCosts && !hasAdded;
                hasTotals |= key.equals("totals");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The lines above the totals are what these are the sum of. */
    private void compare(String place) {
        for (int i = 0; hasAdded && i < Math.min(stated.length, added.length); i++) {
            if (stated[i] != added[i]) {
                recorder.problem(
                        place,
                        "the total of " + events.get(i) + " is " + stated[i] + ", but the lines above it add up to "
                                + added[i] + "; the total is used");
                return;
            }
        }
    }

    private void description(String value) {
        int colon = value.indexOf(':');
        if (colon > 0) {
            String name = value.substring(0, colon).strip();
            String text = value.substring(colon + 1).strip();
            if (name.endsWith(" cache")) {
                // the simulated cache decides how many misses there are
                facts.software("simulated." + name.substring(0, name.length() - " cache".length()), text);
            } else {
                facts.context(name.toLowerCase(Locale.ROOT), text);
            }
        }
    }

    private void cost(String place, String line) throws IOException {
        if (call) {
            call = false;
            return;
        }
        hasCosts = true;
        if (events.isEmpty() || hasTotals) {
            return;
        }
        long[] counts = counts(place, line, positions);
        if (added.length < events.size()) {
            added = new long[events.size()];
        }
        for (int i = 0; i < Math.min(counts.length, added.length); i++) {
            added[i] = plus(place, added[i], counts[i]);
        }
        hasAdded = true;
    }

    private static long plus(String place, long a, long b) throws UnreadableInput {
        long sum = a + b;
        if (sum < 0) {
            throw new UnreadableInput(place, "counts more than 2^63 events, which is not possible");
        }
        return sum;
    }

    private long[] counts(String place, String text, int skipped) throws UnreadableInput {
        String[] words = text.strip().split("\\s+", -1);
        long[] counts = new long[Math.max(0, Math.min(words.length - skipped, events.size()))];
        for (int i = 0; i < counts.length; i++) {
            String word = words[i + skipped];
            try {
                counts[i] = word.startsWith("0x") ? Long.parseLong(word.substring(2), 16) : Long.parseLong(word);
            } catch (NumberFormatException e) {
                throw new UnreadableInput(
                        place, Excerpt.quoted(word) + " is no count of events; make or copy the file again", e);
            }
            if (counts[i] < 0) {
                throw new UnreadableInput(place, "counts " + word + " events, which is not possible");
            }
        }
        return counts;
    }

    private void endPart() throws UnreadableInput {
        if (hasSummary && !hasTotals && hasCosts) {
            throw new UnreadableInput(
                    where,
                    "the profile that begins here has its summary above its lines and no totals below them; the file"
                            + " was cut off: make or copy it again");
        }
        if (hasStated) {
            totals.add(where, events, stated, recorder);
        } else if (hasAdded) {
            recorder.problem(where, "there are no totals; the counts of the file's own lines were added up");
            totals.add(where, events, added, recorder);
        }
        hasStated = false;
        hasSummary = false;
        hasTotals = false;
        hasCosts = false;
        hasAdded = false;
        added = new long[] {};
        call = false;
    }

    void handOn() throws UnreadableInput {
        endPart();
        if (!totals.isEmpty()) {
            totals.handOn(where, command.isEmpty() ? source.fileName() : command, facts, surroundings, recorder);
        }
        facts = new RunFacts();
    }

    private static String tool(String creator) {
        return creator.startsWith("cachegrind") ? "Cachegrind" : "Callgrind";
    }

    private static String version(String creator) {
        int dash = creator.indexOf('-');
        return dash < 0 ? "" : creator.substring(dash + 1);
    }
}
