package dev.plumbline.ingest.callgrind;

import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Reads the totals of Callgrind and Cachegrind: from their profile files (version 1 of the format), from what {@code
 * callgrind_annotate} and {@code cg_annotate} print of them, and from Valgrind's messages while they run.
 *
 * <p>The benchmark is the command; every event is a metric for which less is better. The parts of one file are added
 * up.
 */
public final class CallgrindReader implements ResultReader {
    private static final Pattern CREATOR = Pattern.compile("creator: *(?:callgrind|cachegrind)\\b.*");
    private static final Pattern EVENTS = Pattern.compile("events: *[A-Za-z].*");
    private static final Pattern ANNOTATED =
            Pattern.compile("Profile data file '.*' \\(creator: .*\\).*|Invocation: +(?:\\S*/)?cg_annotate .*");
    private static final Pattern MESSAGE =
            Pattern.compile("==[0-9]+== (?:Callgrind|Cachegrind), (?:a call-graph|a cache|a high-precision).*");

    public static boolean recognises(Head head) {
        if (head.isObject() || head.isList()) {
            return false;
        }
        if (head.text().startsWith("# callgrind format")) {
            return true;
        }
        boolean creator = false;
        boolean events = false;
        boolean other = false;
        for (String line : head.lines(200)) {
            creator |= CREATOR.matcher(line).matches() || line.startsWith("cmd: ") || line.startsWith("desc: ");
            events |= EVENTS.matcher(line).matches();
            other |= ANNOTATED.matcher(line).matches() || MESSAGE.matcher(line).matches();
        }
        return creator && events || other;
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Profile profile = new Profile(source, importContext, recorder);
        Printed printed = new Printed(source, importContext, recorder);
        boolean isProfile = false;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String line = lines.line();
                if (!isProfile && printed.line(lines.where(), line)) {
                    continue;
                }
                isProfile |= profile.line(lines.where(), line);
            }
        }
        profile.handOn();
        printed.handOn();
    }
}
