package dev.plumbline.report.json;

import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.format.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * The additions to a history, for programs: {@code plumbline-record/1}.
 *
 * @param files how many files were read
 * @param runs those that were recorded, or were there already
 * @param problems records that could not be used
 * @param unreadable files that could not be read at all
 * @param notes what a person should know beside
 */
public record RecordedJson(
        int files, List<Row> runs, List<Problem> problems, List<Problem> unreadable, List<String> notes) {
    public RecordedJson {
        runs = List.copyOf(runs);
        problems = List.copyOf(problems);
        unreadable = List.copyOf(unreadable);
        notes = List.copyOf(notes);
    }

    /**
     * One run.
     *
     * @param isNew whether the history did not have it before
     * @param measurements how many it has
     * @param sameContentAs the first run that brought exactly these numbers for another commit
     */
    public record Row(RunInfo run, boolean isNew, long measurements, Optional<RunInfo> sameContentAs) {}

    /**
     * Writes it.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public void writeJson(OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-record/1");
                    json.integer("files", files);
                    json.array(
                            "runs",
                            runs,
                            row -> json.object(() -> {
                                json.run(row.run);
                                json.truth("new", row.isNew);
                                json.integer("measurements", row.measurements);
                                json.text("sameContentAs", row.sameContentAs.map(RunInfo::id));
                            }));
                    json.array("problems", problems, problem -> json.object(() -> problem(problem, json)));
                    json.array("unreadable", unreadable, problem -> json.object(() -> problem(problem, json)));
                    json.array("notes", notes, json::text);
                }));
    }

    private static void problem(Problem problem, JsonText json) {
        json.text("where", problem.where());
        json.text("what", problem.what());
    }
}
