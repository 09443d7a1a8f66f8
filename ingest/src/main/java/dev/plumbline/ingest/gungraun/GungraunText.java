package dev.plumbline.ingest.gungraun;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.Texts;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text for people: the benchmark's name at the beginning of a line, below it its metrics.
 *
 * <p>The name may go over several lines. Of {@code new|old} the new value is read; where a run has several processes or
 * parts, only their total.
 */
final class GungraunText {
    private static final Pattern COMPARED =
            Pattern.compile("  ([A-Za-z][^:|]{0,60}): +([0-9][0-9.]*|N/A) ?\\|(?:[0-9][0-9.]*|N/A)\\b.*");
    private static final Pattern PLAIN =
            Pattern.compile("  ([A-Z][^:|]{0,60}): +([0-9][0-9.]*)(?: +\\([^()]*\\))?(?: \\[[^\\[\\]]*\\])?\\s*");
    private static final Pattern TOOL = Pattern.compile("  =+ ([A-Z]+) =+\\s*");
    private static final Pattern NAME = Pattern.compile("(\\S+)(?: +([^\\s:]+))?(?::(.*))?", Pattern.DOTALL);
    private static final int LONGEST_NAME = 4000;

    private final RunHeader header;
    private final Recorder recorder;
    private final StringBuilder name = new StringBuilder();
    private Optional<Benchmark> benchmark = Optional.empty();
    private boolean named;
    private String tool = "";
    private boolean part;

    GungraunText(RunHeader header, Recorder recorder) {
        this.header = header;
        this.recorder = recorder;
    }

    static boolean recognises(Head head) {
        return head.text().lines().map(Lines::withoutEscapes).anyMatch(line -> {
                    Matcher compared = COMPARED.matcher(line);
                    return compared.matches() && line.indexOf('(') > 0;
                })
                || isIai(head);
    }

    static boolean isIai(Head head) {
        String text = head.text();
        return text.contains("\n  Instructions: ")
                && text.contains("\n  Estimated Cycles: ")
                && text.contains("\n  L1 Accesses: ");
    }

    void line(String where, String line) {
        Matcher compared = COMPARED.matcher(line);
        Matcher plain = PLAIN.matcher(line);
        Matcher other = TOOL.matcher(line);
        if (compared.matches()) {
            metric(where, compared.group(1), compared.group(2));
        } else if (plain.matches()) {
            metric(where, plain.group(1), plain.group(2));
        } else if (other.matches()) {
            tool = other.group(1);
            part = false;
            named = true;
        } else if (line.startsWith("  ## ")) {
            part = !line.startsWith("  ## Total");
            named = true;
        } else if (line.isBlank()) {
            begin();
        } else if (!line.startsWith(" ")) {
            if (named) {
                begin();
            }
            if (name.length() + line.length() < LONGEST_NAME) {
                name.append(name.length() == 0 ? "" : "\n").append(line.stripTrailing());
            }
        }
    }

    private void begin() {
        name.setLength(0);
        named = false;
        tool = "";
        part = false;
        benchmark = Optional.empty();
    }

    private void metric(String where, String printed, String value) {
        if (name.length() > 0) {
            Matcher parts = NAME.matcher(name);
            TreeMap<String, String> parameters = new TreeMap<>();
            if (parts.matches()) {
                put(parameters, "id", parts.group(2));
                put(parameters, "args", parts.group(3));
                benchmark = recorder.benchmark(where, parts.group(1), parameters);
            } else {
                benchmark = recorder.benchmark(where, name.toString(), parameters);
            }
            name.setLength(0);
        }
        named = true;
        double number = Texts.number(value);
        if (part || Double.isNaN(number)) {
            return; // N/A was not measured now
        }
        String event = Events.ofPrinted(printed.strip());
        benchmark.ifPresent(known -> recorder.number(
                where, header, known, Events.metric(tool, event), Events.unit(event), Events.better(event), number));
    }

    private static void put(TreeMap<String, String> parameters, String name, String value) {
        if (value != null && !value.isBlank()) {
            parameters.put(name, value.strip());
        }
    }
}
