package dev.plumbline.pipeline.config;

import dev.plumbline.ingest.Format;
import dev.plumbline.measure.count.Count;
import dev.plumbline.measure.count.Counting;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One suite below {@code suites}. */
final class SuiteSection {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final List<String> TARGETS = List.of("command", "shell", "jmh", "java");
    private static final Kind<Format> FORMAT = Kind.parsed(
            text -> Format.withId(text)
                    .orElseThrow(() ->
                            new IllegalArgumentException("unknown format; list the formats with plumb" + " formats")),
            Format::id);
    private static final Kind<Count> COUNTS = counts();
    private static final Kind<Counting.Counter> COUNTER = counters();
    private static final Kind<Integer> COUNT = Kind.wholeNumber(1, 1_000_000);
    private static final Kind<Integer> COUNT_OR_NONE = Kind.wholeNumber(0, 1_000_000);

    private SuiteSection() {}

    /** The suite; empty when there is a mistake in what it measures. */
    static Optional<ConfiguredSuite> read(String name, Section section, Path folder) {
        List<String> tags = section.values("tags", Kind.text());
        MeasuringSettings settings = new MeasuringSettings(what(section), around(section), length(section));
        section.done();
        List<String> given = TARGETS.stream().filter(section::has).toList();
        if (given.size() != 1) {
            section.mistake(section.path() + " needs one of the keys " + String.join(", ", TARGETS)
                    + (given.isEmpty() ? "" : ", not " + String.join(" and ", given)));
            return Optional.empty();
        }
        if (settings.what().result().isPresent()
                && (settings.what().isForked() || settings.what().lines().size() > 1)) {
            section.mistakeAt("result", section.path() + ".result needs one command that writes the file");
        }
        settings.unplacedParameter()
                .ifPresent(parameter -> section.mistakeAt(
                        "parameters",
                        section.path() + ".parameters: no command uses " + parameter + "; write "
                                + MeasuringSettings.place(parameter) + " where its value belongs"));
        return Optional.of(new ConfiguredSuite(name, tags, folder, settings));
    }

    private static MeasuringSettings.What what(Section section) {
        List<String> program = words(section, "command");
        List<String> options = words(section, "options");
        if (section.has("options") && !section.has("jmh") && !section.has("java")) {
            section.mistakeAt(
                    "options",
                    section.path() + ".options are for JMH or Java; put a command's options" + " into the command");
        }
        return new MeasuringSettings.What(
                program.isEmpty() ? options : program,
                section.values("shell", Kind.script()),
                section.values("name", Kind.text()),
                section.value("jmh", Kind.text()),
                section.value("java", Kind.text()),
                section.value("result", Kind.text()),
                section.value("format", FORMAT),
                section.values("benchmark", Kind.text()),
                counting(section));
    }

    private static Optional<Counting> counting(Section section) {
        List<Count> counts = section.values("count", COUNTS);
        Optional<Counting.Counter> counter = section.value("counter", COUNTER);
        if (counts.isEmpty()) {
            if (counter.isPresent()) {
                section.mistakeAt("counter", section.path() + ".counter has no effect without count");
            }
            return Optional.empty();
        }
        if (section.has("java") || section.has("result")) {
            section.mistakeAt("count", section.path() + ".count is for commands and JMH jars");
        }
        try {
            return Optional.of(new Counting(counts, counter));
        } catch (IllegalArgumentException e) {
            section.mistakeAt("counter", section.path() + ".counter: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Kind<Count> counts() {
        Map<String, Count> words = new LinkedHashMap<>();
        for (Count count : Count.values()) {
            words.put(count.word(), count);
        }
        return Kind.choice(words);
    }

    private static Kind<Counting.Counter> counters() {
        Map<String, Counting.Counter> words = new LinkedHashMap<>();
        for (Counting.Counter counter : Counting.Counter.values()) {
            words.put(counter.word(), counter);
        }
        return Kind.choice(words);
    }

    /** A list of words, or one text that is cut at its blanks. */
    private static List<String> words(Section section, String key) {
        List<String> values = section.values(key, Kind.text());
        return values.size() == 1 ? Arrays.asList(BLANKS.split(values.get(0))) : values;
    }

    private static MeasuringSettings.Around around(Section section) {
        Map<String, Boolean> truth = new LinkedHashMap<>();
        truth.put("true", true);
        truth.put("false", false);
        return new MeasuringSettings.Around(
                new TreeMap<>(section.lists("parameters", Kind.text())),
                section.value("prepare", Kind.script()),
                section.value("cleanup", Kind.script()),
                section.value("ignore-failure", Kind.choice(truth)),
                new MeasuringSettings.Build(
                        section.value("build", Kind.script()), section.values("artifact", Kind.text())));
    }

    private static MeasuringSettings.Length length(Section section) {
        if (section.has("runs") && section.has("precision")) {
            section.mistakeAt("runs", section.path() + " has either runs or a precision, not both");
        }
        return new MeasuringSettings.Length(
                section.value("precision", Kind.shareBetween(0, 1)),
                section.value("runs", COUNT),
                section.value("min-runs", COUNT),
                section.value("max-runs", COUNT),
                section.value("min-time", Kind.duration()),
                section.value("warmup", COUNT_OR_NONE),
                section.value("trials", COUNT),
                section.value("warmup-trials", COUNT_OR_NONE),
                section.value("batch", Kind.wholeNumber(1, 999_999_999)),
                section.value("budget", Kind.duration()),
                section.value("limit", Kind.duration()),
                section.value("seed", Kind.wholeNumber(0, 999_999_999)).map(Integer::longValue));
    }
}
