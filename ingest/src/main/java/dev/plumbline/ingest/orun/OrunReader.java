package dev.plumbline.ingest.orun;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the summaries of orun: an object in a line for every benchmark, perhaps after one for the machine.
 *
 * <p>Times, memory, the size of the code and every counter of the garbage collector are metrics, and all of them fall.
 */
public final class OrunReader implements ResultReader {

    public static boolean recognises(Head head) {
        return head.isObject()
                && head.text()
                        .lines()
                        .anyMatch(line -> line.startsWith("{\"name\":")
                                && line.contains("\"time_secs\":")
                                && line.contains("\"maxrss_kB\":"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("orun", "");
        Optional<RunHeader> header = Optional.empty();
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                String where = json.where();
                NamedNumbers numbers = new NamedNumbers();
                String[] name = {""};
                json.object(key -> field(json, key, facts, numbers, name));
                if (!numbers.isEmpty() && header.isEmpty()) {
                    header = recorder.header(where, facts, importContext);
                }
                header.filter(run -> !numbers.isEmpty()).ifPresent(run -> recorder.benchmark(where, name[0], Map.of())
                        .ifPresent(benchmark -> numbers.forEach((metric, value) ->
                                recorder.number(where, run, benchmark, metric, unit(metric), Better.LOWER, value))));
            }
        }
    }

    private static void field(Json json, String key, RunFacts facts, NamedNumbers numbers, String[] name)
            throws IOException {
        switch (key) {
            case "name" -> name[0] = json.text();
            case "time_secs" -> numbers.state("time", json.number());
            case "user_time_secs" -> numbers.state("user", json.number());
            case "sys_time_secs" -> numbers.state("system", json.number());
            case "maxrss_kB" -> numbers.state("memory", json.number());
            case "codesize" -> numbers.state("codesize", json.number());
            case "gc" -> json.object(counter -> numbers.state("gc." + counter, json.number()));
            case "ocaml" ->
                json.object(fact -> {
                    if (fact.equals("version")) {
                        facts.context("ocaml", json.text());
                    }
                });
            case "hostname" -> facts.machine("info.host", json.text());
            case "version" -> facts.machine("info.kernel", json.text());
            case "kernel" -> facts.machine("os", json.text());
            case "arch" -> facts.machine("arch", json.text());
            default -> json.skip();
        }
    }

    private static String unit(String metric) {
        return switch (metric) {
            case "time", "user", "system" -> "s";
            case "memory" -> "kB";
            case "codesize" -> "B";
            default -> "";
        };
    }
}
