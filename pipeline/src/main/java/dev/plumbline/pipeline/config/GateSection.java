package dev.plumbline.pipeline.config;

import dev.plumbline.core.detect.GatePolicy;
import dev.plumbline.core.detect.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What closes the gate: the section {@code gate}. */
public record GateSection(
        Setting<Severity> blockAt,
        Setting<GatePolicy.Effect> onSuspect,
        Setting<GatePolicy.Effect> onInconclusive,
        Setting<GatePolicy.Effect> onMissing,
        Setting<GatePolicy.Effect> onTooGood,
        Setting<Double> tooGood) {
    /** Severities by name, and {@code any} for every regression. */
    public static final Kind<Severity> SEVERITY = severity();

    private static final Kind<GatePolicy.Effect> EFFECT = effect();

    private static Kind<Severity> severity() {
        Map<String, Severity> words = new LinkedHashMap<>();
        words.put("any", Severity.NONE);
        words.put("minor", Severity.MINOR);
        words.put("major", Severity.MAJOR);
        words.put("critical", Severity.CRITICAL);
        return Kind.choice(words);
    }

    private static Kind<GatePolicy.Effect> effect() {
        Map<String, GatePolicy.Effect> words = new LinkedHashMap<>();
        words.put("pass", GatePolicy.Effect.PASS);
        words.put("hold", GatePolicy.Effect.HOLD);
        words.put("close", GatePolicy.Effect.CLOSE);
        return Kind.choice(words);
    }

    static GateSection read(Section section) {
        GatePolicy gate = GatePolicy.DEFAULT;
        GateSection read = new GateSection(
                section.setting("block-at", SEVERITY, gate.blockAt()),
                section.setting("on-suspect", EFFECT, gate.onSuspect()),
                section.setting("on-inconclusive", EFFECT, gate.onInconclusive()),
                section.setting("on-missing", EFFECT, gate.onMissing()),
                section.setting("on-too-good", EFFECT, gate.onTooGood()),
                section.setting("too-good", Kind.numberAbove(1), gate.tooGood()));
        section.done();
        return read;
    }

    /** What options say, where they say something. */
    public GateSection unless(
            Optional<Severity> blockAt,
            Optional<GatePolicy.Effect> onSuspect,
            Optional<GatePolicy.Effect> onInconclusive,
            Optional<GatePolicy.Effect> onMissing) {
        return new GateSection(
                this.blockAt.unless(blockAt, "--block-at"),
                this.onSuspect.unless(onSuspect, "--on-suspect"),
                this.onInconclusive.unless(onInconclusive, "--on-inconclusive"),
                this.onMissing.unless(onMissing, "--on-missing"),
                onTooGood,
                tooGood);
    }

    public GatePolicy policy() {
        return new GatePolicy(
                blockAt.value(),
                onSuspect.value(),
                onInconclusive.value(),
                onMissing.value(),
                onTooGood.value(),
                tooGood.value());
    }

    List<Setting<?>> settings() {
        return List.of(blockAt, onSuspect, onInconclusive, onMissing, onTooGood, tooGood);
    }
}
