package dev.plumbline.ingest.callgrind;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The events of one command, added up. */
final class Totals {
    /** Cargo ends the name of a program with a number that differs from build to build. */
    private static final Pattern CARGO = Pattern.compile("^(\\S*/deps/\\S+?)-[0-9a-f]{16}(?=\\s|$)");

    private static final long EXACT = 1L << 53;

    private final NamedNumbers events = new NamedNumbers();

    /** Adds counts to the events of these names; counts that are missing at the end are 0. */
    void add(String where, List<String> names, long[] counts, Recorder recorder) {
        for (int i = 0; i < names.size(); i++) {
            long count = i < counts.length ? counts[i] : 0;
            if (count > EXACT && (long) (double) count != count) {
                recorder.problem(
                        where,
                        "the count " + count + " has more digits than can be kept; it is read as " + (double) count);
            }
            events.add(names.get(i), (double) count);
        }
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    void handOn(String where, String command, RunFacts facts, ImportContext importContext, Recorder recorder) {
        Optional<RunHeader> header = recorder.header(where, facts, importContext);
        String name = CARGO.matcher(command.strip()).replaceFirst("$1");
        header.ifPresent(run -> recorder.benchmark(where, name.isEmpty() ? "?" : name, Map.of())
                .ifPresent(benchmark -> events.forEach(
                        (event, count) -> recorder.number(where, run, benchmark, event, "", Better.LOWER, count))));
        events.clear();
    }
}
