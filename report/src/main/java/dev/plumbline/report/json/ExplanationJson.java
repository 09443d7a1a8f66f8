package dev.plumbline.report.json;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import dev.plumbline.report.RoleWords;
import dev.plumbline.report.format.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The reasons of the verdicts on some benchmarks of a run, for programs; {@code docs/explain-schema.json} describes it.
 * A finding and a reason of the gate have the members that they have in {@link JsonReport}.
 *
 * @param version of Plumbline
 * @param runs what was judged, of one revision
 * @param findings of the benchmarks, the worst first
 * @param missing of the benchmarks, what the runs should have measured
 * @param gate the gate's reasons about the whole run; those about other series are left out
 * @param early what their series may have lost behind their first runs
 * @param roles of all metrics of the benchmarks that the runs measured
 * @param ended sentences about regressions of theirs that the runs end
 */
public record ExplanationJson(
        String version,
        List<RunInfo> runs,
        List<Finding> findings,
        List<Missing> missing,
        List<GateReason> gate,
        List<EarlyLoss> early,
        Map<SeriesKey, Roles.Decision> roles,
        List<String> ended) {
    /** The name and version of the form. */
    public static final String SCHEMA = "plumbline-explain/1";

    /** A metric of a benchmark in any environment and on any branch. */
    private record Metric(Benchmark benchmark, String name) {
        static Metric of(SeriesKey key) {
            return new Metric(key.benchmark(), key.metric());
        }
    }

    public ExplanationJson {
        requireNonNull(version, "version");
        runs = List.copyOf(runs);
        findings = List.copyOf(findings);
        missing = List.copyOf(missing);
        gate = List.copyOf(gate);
        early = List.copyOf(early);
        ended = List.copyOf(ended);
        roles = Collections.unmodifiableMap(new TreeMap<>(roles));
    }

    /**
     * Writes it and a line feed.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public void write(OutputStream out) throws IOException {
        // a finding may be about the base branch of its run
        Map<Metric, Role> measured = new HashMap<>();
        roles.forEach((key, decision) -> measured.put(Metric.of(key), decision.role()));
        JsonText.write(
                out,
                json -> json.object(() -> {
                    // what is missing was not measured: its role is that by which the gate asks for it
                    AnswerJson answers =
                            new AnswerJson(key -> measured.getOrDefault(Metric.of(key), Role.PRIMARY), true, json);
                    json.text("schema", SCHEMA);
                    json.text("version", version);
                    json.array("runs", runs, run -> json.object(() -> json.run(run)));
                    json.array(
                            "gate",
                            gate.stream().filter(this::isOfThese).toList(),
                            reason -> json.object(() -> answers.reason(reason)));
                    json.array("findings", findings, finding -> json.object(() -> answers.finding(finding)));
                    json.array("missing", missing, one -> json.object(() -> answers.missing(one)));
                    json.array("early", early, loss -> json.object(() -> EarlyLossJson.write(loss, json)));
                    json.array(
                            "roles",
                            roles.entrySet(),
                            entry -> json.object(() -> {
                                json.series(entry.getKey());
                                json.text("role", entry.getValue().role().name());
                                json.text("words", RoleWords.of(entry.getValue()));
                            }));
                    json.array("ended", ended, json::text);
                }));
    }

    private boolean isOfThese(GateReason reason) {
        return findings.stream().anyMatch(one -> one.key().id().equals(reason.series()))
                || missing.stream().anyMatch(one -> one.key().id().equals(reason.series()));
    }
}
