package dev.plumbline.server.page;

import dev.plumbline.report.format.HtmlText;
import dev.plumbline.server.upkeep.ExpectedRun;
import dev.plumbline.server.upkeep.NightlyOriginals;
import dev.plumbline.server.upkeep.RetentionRule;
import dev.plumbline.server.upkeep.Retentions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The upkeep of a project: expected runs, retention and original result files. */
final class UpkeepSettings {
    private final HtmlText html;
    private final Layout layout;
    private final Tabs tabs;

    UpkeepSettings(HtmlText html, Layout layout, Tabs tabs) {
        this.html = html;
        this.layout = layout;
        this.tabs = tabs;
    }

    void expectedRuns(List<ExpectedRun.State> expected) {
        html.element("h2", "Expected runs", "id", "expected");
        html.element(
                "p",
                "If a job does not report for this long, the projects page and the incidents page"
                        + " show it as missing.");
        if (!expected.isEmpty()) {
            Forms.table(
                    html, () -> expected.forEach(this::expectedRun), "Name", "Branch", "Missing after", "State", "");
        }
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "expect"));
            Forms.fields(
                    html,
                    () -> expectedField("expected-name", "name", "Name", "text", "nightly"),
                    () -> expectedField("expected-branch", "branch", "Branch (any if empty)", "text", ""),
                    () -> expectedField(
                            "expected-environment", "environment", "Environment (any if empty)", "text", ""),
                    () -> expectedField("expected-hours", "hours", "Missing after (hours)", "number", "26"));
            html.element("button", "Expect these runs");
        });
    }

    private void expectedField(String id, String name, String title, String type, String value) {
        Forms.field(html, id, name, title, "", "type", type, "maxlength", "200", "autocomplete", "off", "value", value);
    }

    private void expectedRun(ExpectedRun.State state) {
        ExpectedRun expected = state.expected();
        html.element("tr", () -> {
            html.element("th", Words.shown(expected.name()), "scope", "row");
            html.element("td", expected.branch().map(Words::shown).orElse("any"), "data-name", "Branch");
            html.element("td", expected.hours() + " h", "data-name", "Missing after");
            html.element(
                    "td",
                    state.isMissing()
                            ? "missing"
                            : state.last()
                                    .map(at -> "last " + Words.ago(at, layout.now()))
                                    .orElse("no run yet"),
                    "data-name",
                    "State");
            html.element("td", () -> {
                Forms.removal(
                        html,
                        address(),
                        "Remove",
                        "Remove " + expected.name(),
                        Forms.values("action", "expect-no-more", "expected", expected.id()));
            });
        });
    }

    void retention(Retentions.InForce retention) {
        RetentionRule rule = retention.rule();
        html.element("h2", "How long results are kept", "id", "retention");
        html.element(
                "p",
                rule.keepsEverything()
                        ? "Everything is kept. With a rule, old results are deleted every night. Runs that"
                                + " baselines, acceptances, marks or triage need always stay, and so do the"
                                + " first and last runs of every level."
                        : "Applied every night"
                                + retention
                                        .appliedAt()
                                        .map(at -> ", last " + Words.ago(at, layout.now()))
                                        .orElse(", not yet")
                                + ".");
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "retention"));
            Forms.fields(
                    html,
                    () -> days("run-days", "runDays", "Delete runs older than (days)", rule.runDays()),
                    () -> days("keep-runs", "keepRuns", "but keep the newest", OptionalInt.of(rule.keepRuns())),
                    () -> days("sample-days", "sampleDays", "Delete samples older than (days)", rule.sampleDays()));
            html.element(
                    "p",
                    "Leave the days empty to keep everything. Without its samples, a run keeps its values, and"
                            + " verdicts do not change.",
                    "class",
                    "hint");
            html.element("button", "Save");
        });
        if (!rule.keepsEverything()) {
            Forms.post(html, address(), () -> {
                Forms.hidden(html, Map.of("action", "retention-preview"));
                html.element("button", "Show what would be deleted");
            });
        }
    }

    void files(SettingsPage.Files files) {
        html.element("h3", "Original result files", "id", "originals");
        html.element(
                "p",
                files.days() == 0
                        ? "None is kept."
                        : "Kept: " + NightlyOriginals.words(files.kept()) + "."
                                + (files.expired().files() > 0
                                        ? " To be deleted tonight: " + NightlyOriginals.words(files.expired()) + "."
                                        : ""));
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "originals"));
            Forms.fields(
                    html,
                    () -> days("original-days", "originalDays", "Keep files for (days)", OptionalInt.of(files.days())));
            html.element("p", "A later version can read a run's file again. 0 keeps none.", "class", "hint");
            html.element("button", "Save");
        });
    }

    private void days(String id, String name, String title, OptionalInt value) {
        boolean isCount = name.equals("keepRuns");
        Forms.number(
                html,
                id,
                name,
                title,
                isCount ? 0 : 1,
                isCount ? 1_000_000 : 36_500,
                value.isPresent() ? Integer.toString(value.getAsInt()) : "");
    }

    private String address() {
        return tabs.address("settings");
    }
}
