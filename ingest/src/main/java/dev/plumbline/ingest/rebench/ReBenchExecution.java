package dev.plumbline.ingest.rebench;

import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RunFacts;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The facts of an execution: the machine, the source and the time. */
final class ReBenchExecution {
    private final RunFacts facts = new RunFacts().tool("ReBench", "");

    RunFacts facts() {
        return facts;
    }

    void start(String text, ImportContext importContext) {
        facts.measuredAt(text, importContext.zone());
    }

    void environment(Json json) throws IOException {
        json.object(key -> {
            switch (key) {
                case "hostName" -> facts.machine("info.host", json.text());
                case "cpu" -> facts.machine("cpu", json.text());
                case "memory" -> facts.machine("memory", json.text());
                case "osType" -> facts.machine("os", json.text());
                case "clockSpeed" -> facts.machine("info.clock", json.text());
                case "software" ->
                    json.list(() -> {
                        Map<String, String> software = new HashMap<>();
                        json.object(field -> software.put(field, json.text()));
                        String name = software.getOrDefault("name", "");
                        String version = software.getOrDefault("version", "");
                        if (name.equals("architecture")) {
                            facts.machine("arch", version);
                        } else if (!name.isBlank()) {
                            facts.machine("info." + name.toLowerCase(Locale.ROOT), version);
                        }
                    });
                default -> json.skip(); // the user and the settings of the noise reduction
            }
        });
    }

    void source(Json json) throws IOException {
        json.object(key -> {
            switch (key) {
                case "commitId" -> facts.commit(json.text());
                case "branchOrTag" -> branch(json.text());
                case "commitMsg" ->
                    facts.context(
                            "message", json.text().strip().lines().findFirst().orElse(""));
                case "repoURL" -> facts.context("repository", json.text());
                default -> json.skip(); // people's names and addresses
            }
        });
    }

    /** {@code HEAD -> main, origin/main} or {@code main}. */
    private void branch(String reported) {
        String name = reported;
        int arrow = name.indexOf("-> ");
        if (arrow >= 0) {
            name = name.substring(arrow + 3);
        }
        facts.branch(name.split(",", 2)[0]);
    }
}
