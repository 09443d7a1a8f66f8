package dev.plumbline.ingest.gab;

import static java.util.Objects.requireNonNull;

import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A history in columns: {@code {"version": 2, "runs": […], "names": […], "units": […], "values": [[…], …]}}.
 *
 * <p>The action's own sources do not contain this form; it is read as its keys suggest. There is a unit for each name.
 * There is a list of values for each name, with a value for each run, or for each run, with a value for each name: the
 * lengths decide. If there are as many names as runs, they are read as columns, with a warning. {@code null} is no
 * measurement. Lengths that do not agree leave open what belongs to what, and nothing is read then.
 */
final class Columns {
    private static final String VERSION = "2";

    private final Json json;
    private final Recorder recorder;
    private final List<Run> runs = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> units = new ArrayList<>();
    private final List<List<Value>> values = new ArrayList<>();
    /** The places where the lists of values begin. */
    private final List<String> rows = new ArrayList<>();

    private final List<String> lists = new ArrayList<>();
    /** Unknown keys, with their positions. */
    private final Map<String, String> others = new LinkedHashMap<>();

    private String version = "";
    private String versionAt = "";
    private String valuesAt = "";

    /**
     * A run, as in the file.
     *
     * @param tool that measured; may be empty
     */
    record Run(String where, RunFacts facts, String tool) {}

    /** A run with its results. */
    record Measured(Run run, List<Bench> benches) {}

    /** Reads an element of {@code runs}. */
    @FunctionalInterface
    interface Facts {
        Run read() throws IOException;
    }

    /** @param shown how it is written, when it is no finite number */
    private record Value(String where, double number, String shown, boolean isThere) {}

    /** @param json positioned at the object with the columns */
    Columns(Json json, Recorder recorder) {
        this.json = requireNonNull(json, "json");
        this.recorder = requireNonNull(recorder, "recorder");
    }

    /** Reads one field. */
    void field(String key, Facts facts) throws IOException {
        switch (key) {
            case "version" -> {
                versionAt = json.where();
                version = json.text();
            }
            case "runs" -> {
                lists.add(key);
                json.list(() -> runs.add(facts.read()));
            }
            case "names" -> {
                lists.add(key);
                json.list(() -> names.add(json.text()));
            }
            case "units" -> {
                lists.add(key);
                json.list(() -> units.add(json.text()));
            }
            case "values" -> {
                lists.add(key);
                valuesAt = json.where();
                json.list(this::row);
            }
            default -> {
                others.put(key, json.where());
                json.skip();
            }
        }
    }

    private void row() throws IOException {
        rows.add(json.where());
        List<Value> row = new ArrayList<>();
        json.list(() -> {
            boolean isThere = !json.isNull();
            double number = isThere ? json.number() : Double.NaN;
            row.add(new Value(json.where(), number, Double.isFinite(number) ? "" : json.shown(), isThere));
        });
        values.add(row);
    }

    /**
     * The runs in their order; none where the object had no columns.
     *
     * @param where the object begins
     * @throws UnreadableInput if columns are missing, or not as long as they have to be
     */
    List<Measured> runs(String where) throws UnreadableInput {
        if (lists.isEmpty()) {
            return List.of();
        }
        if (!version.isEmpty() && !version.equals(VERSION)) {
            throw new UnreadableInput(
                    versionAt, "version " + version + " of a columnar history is unknown; " + VERSION + " is read");
        }
        String missing = Arrays.stream(new String[] {"runs", "names", "units", "values"})
                .filter(list -> !lists.contains(list))
                .collect(Collectors.joining(" and "));
        if (!missing.isEmpty()) {
            throw new UnreadableInput(
                    where, "a history in columns has runs, names, units and values; here are no " + missing);
        }
        // nothing is lost in silence
        others.forEach((key, at) -> recorder.problem(
                at, Excerpt.quoted(key) + " is not a known part of a columnar history; it is skipped"));
        if (names.size() != units.size()) {
            throw new UnreadableInput(
                    where,
                    count(names.size(), "name") + " and " + count(units.size(), "unit") + ": each needs its own");
        }
        boolean byName = values.size() == names.size() && areOfLength(runs.size());
        boolean byRun = values.size() == runs.size() && areOfLength(names.size());
        if (!byName && !byRun) {
            throw new UnreadableInput(valuesAt, disagreement());
        }
        if (byName && byRun && runs.size() > 1) {
            recorder.problem(
                    valuesAt,
                    "there are as many runs as names, so their order is ambiguous; each list of values is read"
                            + " as one name");
        }
        List<Measured> all = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            List<Bench> benches = new ArrayList<>();
            for (int name = 0; name < names.size(); name++) {
                Value value =
                        byName ? values.get(name).get(run) : values.get(run).get(name);
                if (value.isThere) {
                    benches.add(new Bench(
                            value.where, names.get(name), value.number, value.shown, units.get(name), "", ""));
                }
            }
            all.add(new Measured(runs.get(run), benches));
        }
        return all;
    }

    private boolean areOfLength(int length) {
        return values.stream().allMatch(row -> row.size() == length);
    }

    /** The lengths, with the first list that does not fit. */
    private String disagreement() {
        String all = count(runs.size(), "run") + ", " + count(names.size(), "name") + " and "
                + count(values.size(), "list") + " of values";
        boolean likeNames = values.size() == names.size();
        if (!likeNames && values.size() != runs.size()) {
            return all + ": there has to be a list for each name, or for each run";
        }
        int length = likeNames ? runs.size() : names.size();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).size() != length) {
                return all + ": the list at " + rows.get(i) + " has "
                        + count(values.get(i).size(), "value") + ", not one for each " + (likeNames ? "run" : "name");
            }
        }
        return all;
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
