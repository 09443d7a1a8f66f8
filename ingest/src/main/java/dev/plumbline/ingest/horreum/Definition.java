package dev.plumbline.ingest.horreum;

import dev.plumbline.core.model.Better;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The labels in the export of a test. */
final class Definition {
    private static final int MOST = 100_000;

    private String name = "";
    private final Set<String> fingerprint = new HashSet<>();

    /** By the label that each is: other variables are computed by a function. */
    private final Map<String, Variable> variables = new LinkedHashMap<>();

    /** Labels of variables that are computed, with the name of one of them. */
    private final Map<String, String> computed = new LinkedHashMap<>();

    private boolean isKnown;

    /** Something that Horreum watches. */
    record Variable(String name, Optional<Better> better) {}

    /** Whether the file has the export of a test. */
    boolean isKnown() {
        return isKnown;
    }

    Optional<String> name() {
        return Optional.of(name).filter(text -> !text.isBlank());
    }

    /** Whether the values of a label distinguish datasets that are not to be compared. */
    boolean isFingerprint(String label) {
        return fingerprint.contains(label);
    }

    boolean hasVariables() {
        return !variables.isEmpty() || !computed.isEmpty();
    }

    Optional<Variable> variable(String label) {
        return Optional.ofNullable(variables.get(label));
    }

    /** The name of a variable that is computed from this label. */
    Optional<String> computed(String label) {
        return Optional.ofNullable(computed.get(label));
    }

    /** Reads the export that is the value. */
    void read(Json json) throws IOException {
        isKnown = true;
        json.object(key -> {
            switch (key) {
                case "name" -> name = json.text();
                case "fingerprintLabels" ->
                    json.list(() -> {
                        check(json, fingerprint.size());
                        fingerprint.add(json.text());
                    });
                case "variables" ->
                    json.list(() -> {
                        check(json, variables.size() + computed.size());
                        variable(json);
                    });
                default -> json.skip();
            }
        });
    }

    private static void check(Json json, int count) throws UnreadableInput {
        if (count >= MOST) {
            throw new UnreadableInput(json.where(), "is one of more than " + MOST + " labels or variables of a test");
        }
    }

    private void variable(Json json) throws IOException {
        String[] text = {"", ""}; // the name, and the function
        List<String> labels = new ArrayList<>();
        Set<Better> limits = new HashSet<>();
        json.object(key -> {
            switch (key) {
                case "name" -> text[0] = json.text();
                case "calculation" -> text[1] = json.text();
                case "labels" ->
                    json.list(() -> {
                        check(json, labels.size());
                        labels.add(json.text());
                    });
                case "changeDetection" -> json.list(() -> detection(json, limits));
                default -> json.skip();
            }
        });
        if (labels.size() == 1 && text[1].isBlank()) {
            variables.putIfAbsent(
                    labels.get(0),
                    new Variable(
                            text[0].isBlank() ? labels.get(0) : text[0],
                            limits.size() == 1 ? Optional.of(limits.iterator().next()) : Optional.empty()));
        } else {
            labels.forEach(label -> computed.putIfAbsent(label, text[0]));
        }
    }

    /** A threshold that has a maximum alone watches something that is to stay low. */
    private static void detection(Json json, Set<Better> limits) throws IOException {
        boolean[] enabled = {false, false}; // the minimum, and the maximum
        json.object(key -> {
            if (key.equals("config")) {
                json.object(part -> {
                    if (part.equals("min") || part.equals("max")) {
                        int which = part.equals("min") ? 0 : 1;
                        json.object(member -> enabled[which] |=
                                member.equals("enabled") && json.text().equals("true"));
                    }
                });
            }
        });
        if (enabled[0] != enabled[1]) {
            limits.add(enabled[1] ? Better.LOWER : Better.HIGHER);
        }
    }
}
