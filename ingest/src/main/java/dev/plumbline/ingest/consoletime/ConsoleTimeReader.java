package dev.plumbline.ingest.consoletime;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines {@code LABEL: 12.345ms} of Node.js, Deno and browsers; from a second on {@code 1.201s}, from a minute
 * on {@code 1:02.345 (m:ss.mmm)}, and {@code 1:02:03.456 (h:mm:ss.mmm)}.
 *
 * <p>All times of one label are one sample. A text is recognised only if it has no other lines, because many logs
 * contain such a line.
 */
public final class ConsoleTimeReader implements ResultReader {
    private static final Unit MILLISECONDS = Unit.of("ms");
    private static final Pattern LINE =
            Pattern.compile("(\\S.{0,400}?): (?:([0-9]+(?:\\.[0-9]+)?) ?(ms|s)(?: - timer ended)?"
                    + "|(?:([0-9]+):)?([0-9]+):([0-9]{2}\\.[0-9]{3}) \\((?:h:m)?m:ss\\.mmm\\))\\s*");

    public static boolean recognises(Head head) {
        if (head.isObject() || head.isList()) {
            return false;
        }
        List<String> lines = head.text().lines().filter(line -> !line.isBlank()).toList();
        // the last one may be half of a line, where the file goes on behind what is looked at
        return !lines.isEmpty()
                && LINE.matcher(Lines.withoutEscapes(lines.get(0))).matches()
                && lines.stream().limit(Math.max(1, lines.size() - 1L)).allMatch(line -> LINE.matcher(
                                Lines.withoutEscapes(line))
                        .matches());
    }

    /** The times of one label, and the place of the first. */
    private record Times(String where, RawValues values) {}

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("console.time", "").in(importContext);
        Map<String, Times> all = new LinkedHashMap<>();
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher line = LINE.matcher(lines.line());
                if (line.matches()) {
                    String where = lines.where();
                    all.computeIfAbsent(line.group(1), label -> new Times(where, new RawValues()))
                            .values
                            .add(milliseconds(line));
                }
            }
        }
        all.forEach((label, times) -> recorder.benchmark(times.where, label, Map.of())
                .ifPresent(benchmark -> recorder.values(
                        times.where,
                        header,
                        benchmark,
                        "time",
                        MILLISECONDS,
                        Better.LOWER,
                        Sample.Center.MEDIAN,
                        times.values)));
    }

    private static double milliseconds(Matcher line) {
        if (line.group(2) != null) {
            double number = Texts.number(line.group(2));
            return line.group(3).equals("s") ? 1000 * number : number;
        }
        double hours = line.group(4) == null ? 0 : Texts.number(line.group(4));
        return 1000 * (3600 * hours + 60 * Texts.number(line.group(5)) + Texts.number(line.group(6)));
    }
}
