package dev.plumbline.report.json;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.CauseFacts;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.ReasonWords;
import dev.plumbline.report.format.JsonText;
import java.util.function.Function;

/** The findings of a series, and the gate's reasons against it, for programs: the same in every document. */
final class AnswerJson {
    private final Function<SeriesKey, Role> roles;
    private final boolean hasHistory;
    private final JsonText json;

    /**
     * @param roles of the metrics
     * @param hasHistory whether a history was asked, in which names can be joined
     */
    AnswerJson(Function<SeriesKey, Role> roles, boolean hasHistory, JsonText json) {
        this.roles = roles;
        this.hasHistory = hasHistory;
        this.json = json;
    }

    /** The members of a reason of the gate. */
    void reason(GateReason reason) {
        json.text("effect", reason.effect().name());
        json.text("kind", reason.kind().name());
        json.text("series", reason.series());
        json.text("id", reason.id());
        json.text("words", GateWords.of(reason));
        facts(CauseFacts.of(reason.cause()));
    }

    private void facts(CauseFacts facts) {
        if (facts.muted()) {
            json.truth("muted", true);
        }
        if (facts.change().isPresent()) {
            json.number("change", facts.change());
        }
        if (!facts.evidence().isEmpty()) {
            json.text("evidence", facts.evidence());
        }
        facts.elsewhere().ifPresent(environment -> json.text("elsewhere", environment));
        facts.otherSide()
                .ifPresent(other -> json.object("otherSide", () -> {
                    json.text("words", other.words());
                    json.truth("jvm", other.jvm());
                }));
        facts.remedy().ifPresent(remedy -> json.text("remedy", remedy));
    }

    /** The members of what is missing. */
    void missing(Missing one) {
        json.text("id", one.id());
        json.series(one.key());
        json.text("label", Words.label(one.key()));
        json.text("role", roles.apply(one.key()).name());
        json.text("what", one.isBenchmark() ? "BENCHMARK" : "METRIC");
        if (!one.isSure()) {
            json.truth("sure", false);
        }
        if (!one.since().isEmpty()) {
            json.text("since", one.since());
        }
        one.mode()
                .ifPresent(now -> json.object("mode", () -> {
                    json.text("before", now.before());
                    json.text("now", now.now());
                    json.text("benchmark", now.benchmark().name());
                    json.strings("parameters", now.benchmark().parameters());
                }));
        one.unit()
                .ifPresent(now -> json.object("unit", () -> {
                    json.text("metric", now.metric());
                    json.text("before", now.before().symbol());
                    json.text("now", now.now().symbol());
                    json.truth("turned", now.isTurned());
                }));
        one.renamed()
                .ifPresent(now -> json.object("renamed", () -> {
                    json.text("benchmark", now.to().name());
                    json.strings("parameters", now.to().parameters());
                    json.text("label", now.to().label());
                    json.text("from", now.from());
                    json.text("into", now.into());
                    now.moved()
                            .ifPresent(moved -> json.object("moved", () -> {
                                json.text("metric", moved.metric());
                                json.number("relativeChange", moved.relativeChange());
                                json.text("unit", moved.unit().symbol());
                                json.text("better", moved.better().name());
                            }));
                    if (hasHistory) {
                        json.text("command", MissingWords.rename(now));
                    }
                }));
    }

    /** The members of a finding. */
    void finding(Finding finding) {
        json.text("id", finding.id());
        json.series(finding.key());
        json.text("label", Words.label(finding.key()));
        json.text("role", roles.apply(finding.key()).name());
        json.unit(finding.unit());
        json.text("better", finding.better().name());
        json.text("verdict", finding.verdict().kind().name());
        json.text("severity", finding.severity().name());
        verdict(finding.verdict());
        json.number("candidate", finding.candidate());
        finding.runsApart().ifPresent(runs -> json.array("runValues", runs.values(), json::number));
        finding.verdict()
                .effect()
                .ifPresentOrElse(
                        effect -> json.object("effect", () -> effect(effect, finding)), () -> json.nothing("effect"));
        finding.baseline()
                .ifPresentOrElse(
                        baseline -> json.object("baseline", () -> baseline(baseline)), () -> json.nothing("baseline"));
        json.number("pValue", finding.pValue());
        json.number("detectableChange", finding.detectableChange());
        if (finding.since().isEmpty()) {
            json.nothing("since");
        } else {
            json.text("since", finding.since());
        }
        json.array("ladder", finding.trace(), rung -> json.object(() -> rung(rung)));
        finding.statement().ifPresent(stated -> json.object("statement", () -> json.statement(stated)));
        finding.alreadyOpen()
                .ifPresent(open -> json.object("alreadyOpen", () -> {
                    json.text("branch", open.branch());
                    json.text("commit", open.commit());
                    open.incident()
                            .ifPresentOrElse(
                                    incident -> json.text("incident", incident), () -> json.nothing("incident"));
                    if (!open.isSure()) {
                        json.truth("sure", false);
                    }
                    open.fixed().ifPresent(commit -> json.text("fixed", commit));
                    if (open.change().isPresent()) {
                        json.number("change", open.change());
                    }
                }));
        json.array("warnings", WarningWords.of(finding), json::text);
        json.array("history", finding.history(), json::number);
    }

    private void verdict(Verdict verdict) {
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            json.text("reason", ReasonWords.of(inconclusive.reason()));
            json.truth("suspect", inconclusive.suspect());
            inconclusive
                    .runsNeeded()
                    .ifPresentOrElse(runs -> json.integer("runsNeeded", runs), () -> json.nothing("runsNeeded"));
            return;
        }
        if (verdict instanceof Verdict.NotComparable notComparable) {
            json.text("reason", ReasonWords.of(notComparable.reason()));
        } else {
            json.nothing("reason");
        }
        json.truth("suspect", false);
        json.nothing("runsNeeded");
    }

    private void effect(Effect effect, Finding finding) {
        json.number("before", effect.before());
        json.number("after", effect.after());
        json.number("relativeChange", effect.relativeChange());
        json.interval("interval", effect.interval());
        json.truth("worse", finding.better().isWorse(effect.relativeChange()));
    }

    private void baseline(Baseline baseline) {
        json.integer("runs", baseline.runs());
        json.number("level", baseline.level());
        json.number("deviation", baseline.deviation());
        json.interval("deviationInterval", baseline.deviationInterval());
        json.interval("interval", baseline.interval());
        json.object("first", () -> json.run(baseline.first()));
        json.object("last", () -> json.run(baseline.last()));
    }

    private void rung(Rung rung) {
        EvidenceWords reported = EvidenceWords.of(rung.evidence());
        json.text("name", reported.name());
        json.text("outcome", rung.outcome().name());
        json.text("words", reported.words());
        json.array(
                "numbers",
                reported.numbers(),
                number -> json.object(() -> {
                    json.text("name", number.name());
                    json.number("value", number.value());
                }));
    }
}
