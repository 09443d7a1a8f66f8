package dev.plumbline.report.json;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.baseline.BaselineDifference;
import dev.plumbline.core.baseline.BaselineQuality;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.report.EstablishmentWords;
import dev.plumbline.report.QualityWords;
import dev.plumbline.report.format.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Established baselines and acceptances for programs; the rules of {@link JsonReport} hold here too. The forms are
 * documented in {@code docs/baselines.md}.
 */
public final class BaselineJson {
    private BaselineJson() {}

    /** Writes versions without their baselines. */
    public static void versions(List<VersionInfo> versions, OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-baseline-versions/1");
                    json.array("versions", versions, info -> json.object(() -> info(info, json)));
                }));
    }

    private static void info(VersionInfo info, JsonText json) {
        json.text("name", info.name());
        json.text("change", info.change().name());
        json.object("made", () -> BaselineFiles.provenance(info.provenance(), json));
        json.integer("series", info.series());
        json.text("validated", info.validated().map(Instant::toString));
    }

    /** Writes a version with its baselines, or some of them. */
    public static void version(VersionInfo info, List<EstablishedBaseline> baselines, OutputStream out)
            throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-baseline-version/1");
                    json.object("version", () -> info(info, json));
                    json.array("baselines", baselines, baseline -> json.object(() -> baseline(baseline, json)));
                }));
    }

    private static void baseline(EstablishedBaseline baseline, JsonText json) {
        json.series(baseline.key());
        json.unit(baseline.unit());
        json.text("better", baseline.better().name());
        json.object("established", () -> BaselineFiles.provenance(baseline.provenance(), json));
        json.number("anchor", baseline.anchor());
        json.object("statistics", () -> BaselineFiles.statistics(baseline.statistics(), json));
        json.lines("runs", baseline.runs(), 3, BaselineFiles::run);
    }

    /** Writes what became of each series when baselines were established. */
    public static void establishments(VersionInfo version, boolean isNew, List<Establishment> all, OutputStream out)
            throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-establishment/1");
                    json.object("version", () -> info(version, json));
                    json.truth("isNew", isNew);
                    json.array(
                            "series",
                            all,
                            one -> json.object(() -> {
                                json.series(one.key());
                                json.text("outcome", one.outcome().name());
                                json.text("words", EstablishmentWords.of(one));
                                json.array(
                                        "leftOut", one.leftOut(), left -> json.text(EstablishmentWords.leftOut(left)));
                                json.text("unit", one.baseline().map(known -> known.unit()
                                        .symbol()));
                                statistics(one.baseline(), "statistics", json);
                            }));
                }));
    }

    private static void statistics(Optional<EstablishedBaseline> baseline, String name, JsonText json) {
        baseline.ifPresentOrElse(
                known -> json.object(name, () -> BaselineFiles.statistics(known.statistics(), json)),
                () -> json.nothing(name));
    }

    /** Writes what differs between two versions; series that are the same are among them. */
    public static void differences(
            VersionInfo before, VersionInfo after, List<BaselineDifference> all, OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-baseline-diff/1");
                    json.object("before", () -> info(before, json));
                    json.object("after", () -> info(after, json));
                    json.array(
                            "series",
                            all,
                            one -> json.object(() -> {
                                json.series(one.key());
                                json.text("kind", one.kind().name());
                                json.number("relativeChange", one.change());
                                statistics(one.before(), "before", json);
                                statistics(one.after(), "after", json);
                            }));
                }));
    }

    /** Writes whether baselines can be trusted, check by check. */
    public static void qualities(VersionInfo version, List<BaselineQuality> all, OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-baseline-quality/1");
                    json.object("version", () -> info(version, json));
                    json.integer(
                            "valid",
                            all.stream().filter(BaselineQuality::isValid).count());
                    json.integer("count", all.size());
                    json.array(
                            "baselines",
                            all,
                            quality -> json.object(() -> {
                                json.series(quality.baseline().key());
                                json.truth("valid", quality.isValid());
                                json.array(
                                        "checks",
                                        quality.checks(),
                                        check -> json.object(() -> {
                                            json.text("kind", check.kind().name());
                                            json.truth("passed", check.passed());
                                            json.text("words", QualityWords.found(check));
                                            json.text("remedy", QualityWords.remedy(check));
                                        }));
                            }));
                }));
    }

    /** Writes acceptances with their state. */
    public static void acceptances(List<KnownAcceptance> all, Instant now, OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-acceptances/1");
                    json.array("acceptances", all, one -> json.object(() -> acceptance(one, now, json)));
                }));
    }

    private static void acceptance(KnownAcceptance one, Instant now, JsonText json) {
        Acceptance acceptance = one.acceptance();
        json.text("id", acceptance.id());
        json.text("state", one.stateAt(now).name());
        json.text("scope", acceptance.scope().name());
        json.text("benchmark", acceptance.benchmark().name());
        json.strings("parameters", acceptance.benchmark().parameters());
        json.text("metric", acceptance.metric());
        json.text("environment", acceptance.environment());
        json.text("since", acceptance.since());
        if (acceptance.isOfMissing()) {
            json.truth("missing", true);
            json.nothing("relativeChange");
        } else {
            json.number("relativeChange", acceptance.change());
        }
        json.text("reason", acceptance.reason());
        json.text("by", acceptance.by());
        json.text("at", acceptance.at().toString());
        json.text("until", acceptance.until().map(Instant::toString));
        json.text("source", one.source());
        one.revocation()
                .ifPresentOrElse(
                        end -> json.object("revoked", () -> {
                            json.text("at", end.at().toString());
                            json.text("by", end.by());
                            json.text("reason", end.reason());
                        }),
                        () -> json.nothing("revoked"));
    }
}
