package dev.plumbline.ingest.callgrind;

import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The output for people: the totals of the annotate programs, and Valgrind's messages. */
final class Printed {
    private static final Pattern FILE = Pattern.compile("Profile data file '.*' \\(creator: ([a-z]+)-(.*?)\\).*");
    private static final Pattern TARGET = Pattern.compile("Profiled target: +(.*?)(?: \\(PID [0-9]+.*\\))?\\s*");
    private static final Pattern COMMAND = Pattern.compile("(?:==[0-9]+== )?Command: +(.*)");
    private static final Pattern SHOWN = Pattern.compile("Events shown: +(.*)");
    private static final Pattern PROGRAM_TOTALS = Pattern.compile("(.*?)\\s+PROGRAM TOTALS\\s*");
    private static final Pattern NUMBER = Pattern.compile("([0-9][0-9,]*|\\.)(?:\\s*\\(\\s*[0-9.]+%\\))?");
    private static final Pattern VALGRIND = Pattern.compile("==[0-9]+== Using Valgrind-([0-9][\\w.]*).*");
    private static final Pattern TOOL = Pattern.compile("==[0-9]+== (Callgrind|Cachegrind), .*");
    private static final Pattern EVENTS = Pattern.compile("==[0-9]+== Events +: (.*)");
    private static final Pattern COLLECTED = Pattern.compile("==[0-9]+== Collected : (.*)");
    private static final Pattern REFERENCES =
            Pattern.compile("==[0-9]+== (I|D) +refs: +([0-9,]+)(?: +\\( *([0-9,]+) rd +\\+ +([0-9,]+) wr\\))?\\s*");
    private static final Pattern MISSES = Pattern.compile(
            "==[0-9]+== (I1|LLi|D1|LLd) +misses: +([0-9,]+)(?: +\\( *([0-9,]+) rd +\\+ +([0-9,]+) wr\\))?\\s*");
    private static final Pattern BRANCHES = Pattern.compile(
            "==[0-9]+== (Branches|Mispredicts): +([0-9,]+) +\\( *([0-9,]+) cond \\+ +([0-9,]+) ind\\)\\s*");

    private final Source source;
    private final ImportContext importContext;
    private final Recorder recorder;
    private final Totals totals = new Totals();
    private RunFacts facts = new RunFacts();
    private String tool = "Valgrind";
    private String command = "";
    private List<String> events = List.of();
    private boolean collected;
    private String where;

    Printed(Source source, ImportContext importContext, Recorder recorder) {
        this.source = source;
        this.importContext = importContext;
        this.recorder = recorder;
        this.where = source.name();
    }

    /** Takes a line; true when it was of use. */
    boolean line(String place, String line) {
        Matcher file = FILE.matcher(line);
        Matcher named = TOOL.matcher(line);
        if (file.matches() || named.matches()) {
            handOn();
            tool = named.matches() ? named.group(1) : file.group(1).startsWith("cache") ? "Cachegrind" : "Callgrind";
            facts.tool(tool, named.matches() ? "" : file.group(2));
            where = place;
            return true;
        }
        return fact(line) || counts(place, line);
    }

    private boolean fact(String line) {
        Matcher valgrind = VALGRIND.matcher(line);
        Matcher target = TARGET.matcher(line);
        Matcher reported = COMMAND.matcher(line);
        Matcher shown = SHOWN.matcher(line);
        Matcher listed = EVENTS.matcher(line);
        if (valgrind.matches()) {
            facts.tool(tool, valgrind.group(1));
        } else if (target.matches()) {
            command = target.group(1);
        } else if (reported.matches()) {
            command = reported.group(1);
        } else if (shown.matches()) {
            events = words(shown.group(1));
        } else if (listed.matches()) {
            events = words(listed.group(1));
        } else {
            return false;
        }
        return true;
    }

    private boolean counts(String place, String line) {
        Matcher sum = PROGRAM_TOTALS.matcher(line);
        if (sum.matches() && !events.isEmpty()) {
            List<String> numbers = new ArrayList<>();
            Matcher number = NUMBER.matcher(sum.group(1));
            while (number.find()) {
                numbers.add(number.group(1));
            }
            add(place, events, numbers);
            return true;
        }
        Matcher all = COLLECTED.matcher(line);
        if (all.matches() && !events.isEmpty()) {
            add(place, events, words(all.group(1)));
            collected = true;
            return true;
        }
        if (collected) {
            return line.startsWith("==");
        }
        Matcher references = REFERENCES.matcher(line);
        Matcher misses = MISSES.matcher(line);
        Matcher branches = BRANCHES.matcher(line);
        if (references.matches()) {
            split(place, references, references.group(1).equals("I") ? "Ir" : "D", "r", "w");
        } else if (misses.matches()) {
            String cache = misses.group(1);
            String name =
                    cache.equals("LLi") ? "ILmr" : cache.equals("I1") ? "I1mr" : cache.equals("D1") ? "D1m" : "DLm";
            split(place, misses, name, "r", "w");
        } else if (branches.matches()) {
            boolean missed = branches.group(1).equals("Mispredicts");
            add(
                    place,
                    missed ? List.of("Bcm", "Bim") : List.of("Bc", "Bi"),
                    List.of(branches.group(3), branches.group(4)));
        } else {
            return line.startsWith("==");
        }
        return true;
    }

    private void split(String place, Matcher matcher, String name, String read, String write) {
        if (matcher.group(3) == null) {
            add(place, List.of(name), List.of(matcher.group(2)));
        } else {
            add(place, List.of(name + read, name + write), List.of(matcher.group(3), matcher.group(4)));
        }
    }

    private void add(String place, List<String> names, List<String> numbers) {
        if (names.size() != numbers.size()) {
            recorder.problem(
                    place,
                    "there are " + numbers.size() + " counts for " + names.size() + " events; the line is skipped");
            return;
        }
        long[] counts = new long[numbers.size()];
        for (int i = 0; i < counts.length; i++) {
            String digits = numbers.get(i).replace(",", "");
            try {
                counts[i] = digits.equals(".") ? 0 : Long.parseLong(digits);
            } catch (NumberFormatException e) {
                recorder.problem(place, "a count is no whole number; the line is skipped");
                return;
            }
        }
        totals.add(place, names, counts, recorder);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1)).toList();
    }

    void handOn() {
        if (!totals.isEmpty()) {
            totals.handOn(where, command.isEmpty() ? source.fileName() : command, facts, importContext, recorder);
        }
        facts = new RunFacts();
        events = List.of();
        command = "";
        collected = false;
    }
}
