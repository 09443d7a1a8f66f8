package dev.plumbline.ingest.gbench;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code --benchmark_format=json} and {@code --benchmark_out} write.
 *
 * <p>The repetitions of one benchmark are the values of one sample; they ran in one process and are one group. The
 * statistics that the tool computes from them (mean, median, standard deviation) is used only when the repetitions are
 * not in the file.
 */
public final class GoogleBenchmarkReader implements ResultReader {
    public static boolean recognises(Head head) {
        return head.has("benchmarks", "[]", "real_time")
                || head.has("benchmarks", "[]", "run_type")
                || head.has("context", "library_build_type")
                || head.has("context", "mhz_per_cpu") && head.has("benchmarks");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("Google Benchmark", "");
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("context")) {
                        context(json, facts, importContext);
                    }
                });
            }
        }
        Optional<RunHeader> header = recorder.header(source.name(), facts, importContext);
        if (header.isEmpty()) {
            return;
        }
        try (Json json = Json.open(source, sink)) {
            Repetitions repetitions = new Repetitions(header.get(), recorder);
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("benchmarks")) {
                        json.list(() -> repetitions.add(json.where(), Entry.of(json)));
                    }
                });
            }
            repetitions.handOn();
        }
    }

    private static void context(Json json, RunFacts facts, ImportContext importContext) throws IOException {
        json.object(key -> {
            switch (key) {
                case "date" -> facts.measuredAt(json.text(), importContext.zone());
                case "host_name" -> facts.machine("info.host", json.text());
                case "num_cpus" -> facts.machine("cores", json.text());
                case "mhz_per_cpu" -> facts.machine("info.mhz", json.text());
                case "cpu_scaling_enabled" -> facts.machine("info.cpu.scaling", json.text());
                case "aslr_enabled" -> facts.machine("info.aslr", json.text());
                case "library_version" -> facts.tool("Google Benchmark", json.text());
                case "caches" -> facts.machine("caches", caches(json));
                case "load_avg" -> {
                    List<String> loads = new ArrayList<>();
                    json.list(() -> loads.add(json.text()));
                    facts.machine("info.load", String.join(" ", loads));
                }
                default -> facts.context(key, json.text());
            }
        });
    }

    /** The sizes of the caches, the only fact of the context that differs from processor to processor. */
    private static String caches(Json json) throws IOException {
        List<String> caches = new ArrayList<>();
        json.list(() -> {
            Map<String, String> cache = new HashMap<>();
            json.object(key -> cache.put(key, json.text()));
            caches.add("L" + cache.getOrDefault("level", "?") + " " + cache.getOrDefault("type", "?") + " "
                    + cache.getOrDefault("size", "?") + " B shared by " + cache.getOrDefault("num_sharing", "?"));
        });
        return String.join(", ", caches);
    }
}
