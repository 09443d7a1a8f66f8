package dev.plumbline.ingest.gungraun;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;

/**
 * Reads what Gungraun and Iai-Callgrind write: {@code summary.json} of every version, the same in lines or in a list,
 * inside of the output of {@code cargo bench}, and the text they print for people; and the text of Iai.
 *
 * <p>A benchmark is its module path with the parameters {@code id} and {@code args}. The metrics have the names of the
 * JSON; those of other tools than Callgrind begin with the tool's name. Only the new measurement is read, not what it
 * was compared with.
 */
public final class GungraunReader implements ResultReader {
    private static final int LONGEST_SUMMARY = 1 << 23;

    public static boolean recognises(Head head) {
        if (head.isObject() || head.isList()) {
            String[] path = head.isList() ? new String[] {"[]", "module_path"} : new String[] {"module_path"};
            String[] profiles = path.clone();
            profiles[profiles.length - 1] = "profiles";
            String[] older = path.clone();
            older[older.length - 1] = "callgrind_summary";
            return head.has(path) && (head.has(profiles) || head.has(older));
        }
        return head.text().lines().anyMatch(GungraunReader::isSummary)
                || head.text().contains("\n  \"module_path\": ") && head.text().contains("\n  \"profiles\": ")
                || GungraunText.recognises(head);
    }

    private static boolean isSummary(String line) {
        return line.startsWith("{")
                && line.contains("\"module_path\":")
                && (line.contains("\"profiles\":") || line.contains("\"callgrind_summary\":"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Head head = source.head();
        if (head.isObject() || head.isList()) {
            try (Json json = Json.open(source, sink)) {
                while (json.next()) {
                    if (json.isList()) {
                        json.list(() -> Summary.read(json, importContext, recorder));
                    } else {
                        Summary.read(json, importContext, recorder);
                    }
                }
            }
            return;
        }
        RunHeader header = new RunFacts()
                .tool(GungraunText.isIai(head) ? "Iai" : "Gungraun", "")
                .in(importContext);
        GungraunText terminal = new GungraunText(header, recorder);
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                if (isSummary(lines.line())) {
                    summary(source, lines.number(), lines.line(), importContext, sink, recorder);
                } else if (lines.line().equals("{")) {
                    pretty(source, lines, importContext, sink, recorder);
                } else {
                    terminal.line(lines.where(), lines.line());
                }
            }
        }
    }

    private static void summary(
            Source source, long line, String text, ImportContext importContext, RunSink sink, Recorder recorder)
            throws IOException {
        Json.inside(source, line, 1, text, sink, json -> Summary.read(json, importContext, recorder));
    }

    /** An object over several lines, with its braces at the beginning of a line. */
    private static void pretty(Source source, Lines lines, ImportContext importContext, RunSink sink, Recorder recorder)
            throws IOException {
        String where = lines.where();
        long line = lines.number();
        StringBuilder text = new StringBuilder("{\n");
        while (lines.next()) {
            text.append(lines.line()).append('\n');
            if (text.length() > LONGEST_SUMMARY) {
                throw new UnreadableInput(where, "begins an object of more than eight million characters");
            }
            if (lines.line().equals("}")) {
                if (text.indexOf("\"module_path\":") >= 0) {
                    summary(source, line, text.toString(), importContext, sink, recorder);
                }
                return;
            }
        }
        throw new UnreadableInput(
                where, "begins an object that never ends; the file was cut off: make or copy it again");
    }
}
