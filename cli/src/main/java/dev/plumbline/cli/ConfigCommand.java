package dev.plumbline.cli;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.PolicyOptions;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.Setting;
import dev.plumbline.pipeline.config.SettingsDocument;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.SettingsReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the settings in force. */
@CommandLine.Command(
        name = "config",
        description = "Show the settings in effect and their sources: a line of plumbline.yaml, an option, or"
                + " the default.",
        footer = {
            "",
            "docs/configuration.md explains every key of plumbline.yaml.",
            "Example: plumb config --margin 3%%"
        })
final class ConfigCommand extends Command {
    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        Configuration found = workspace.configuration();
        policyOptions.policies(found); // options out of range are errors, as in a check
        Configuration inForce = new Configuration(
                found.file(),
                found.branch(),
                found.environment(),
                found.store().unless(Optional.of(storeOption.store()).filter(Optional::isPresent), "--store"),
                found.project(),
                found.server(),
                policyOptions.policySection(found),
                found.thresholds(),
                found.metrics(),
                found.tuned(),
                policyOptions.gateSection(found),
                found.baseline(),
                found.history(),
                found.mappings(),
                found.aliases(),
                found.cumulative(),
                found.reruns(),
                found.suites());
        List<SettingsReport.Row> rows =
                inForce.settings().stream().map(ConfigCommand::row).toList();
        List<SettingsReport.Group> groups = groups(inForce);
        Optional<String> file =
                found.file().map(path -> path.toAbsolutePath().normalize().toString());
        if (json) {
            SettingsReport.writeJson(file, rows, groups, terminal().out());
        } else {
            terminal().out().print(SettingsReport.text(file, rows, groups, styleOptions.style(terminal())));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private static List<SettingsReport.Group> groups(Configuration inForce) {
        return List.of(
                new SettingsReport.Group(
                        "rules for some series; the last match wins",
                        inForce.rulesInForce().stream()
                                .map(rule -> row("thresholds", SettingsDocument.rule(rule), rule.name()))
                                .toList()),
                new SettingsReport.Group(
                        "roles of metrics; the last match wins; all other metrics are primary",
                        roles(inForce.roles().rules())),
                new SettingsReport.Group(
                        "gate weights of some series; the last match wins",
                        inForce.gate().rules().stream()
                                .map(rule -> row("gate.rules", SettingsDocument.weight(rule), rule.name()))
                                .toList()),
                new SettingsReport.Group(
                        "budgets; all of them apply",
                        inForce.gate().budgets().stream()
                                .map(budget -> row("gate.budgets", SettingsDocument.budget(budget), budget.name()))
                                .toList()));
    }

    /** Neighbours of one origin and role in one row. */
    private static List<SettingsReport.Row> roles(List<RoleRule> rules) {
        List<SettingsReport.Row> rows = new ArrayList<>();
        for (int i = 0; i < rules.size(); ) {
            RoleRule first = rules.get(i);
            List<String> metrics = new ArrayList<>();
            while (i < rules.size()
                    && rules.get(i).name().equals(first.name())
                    && rules.get(i).role() == first.role()) {
                metrics.add(rules.get(i++).metric().text());
            }
            Map<String, Object> stated = new LinkedHashMap<>(SettingsDocument.role(first));
            stated.remove("metric");
            stated.put("metric", String.join(", ", metrics));
            rows.add(row("metrics", stated, first.name()));
        }
        return rows;
    }

    private static SettingsReport.Row row(String key, Map<String, Object> stated, String origin) {
        String text = words(stated);
        return new SettingsReport.Row(key, text, Optional.of(new SettingsReport.Value.Text(text)), origin);
    }

    private static String words(Map<?, ?> stated) {
        return stated.entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + (entry.getValue() instanceof Map<?, ?> inner
                                ? words(inner)
                                : entry.getValue() instanceof List<?> list
                                        ? list.stream().map(Object::toString).collect(Collectors.joining(" and "))
                                        : entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static SettingsReport.Row row(Setting<?> setting) {
        Object value = setting.value() instanceof Optional<?> optional ? optional.orElse(null) : setting.value();
        Optional<SettingsReport.Value> typed = Optional.ofNullable(value)
                .map(known -> known instanceof Number number
                        ? new SettingsReport.Value.Numeric(number.doubleValue())
                        : new SettingsReport.Value.Text(setting.shown()));
        return new SettingsReport.Row(
                setting.key(), setting.shown(), typed, setting.origin().toString());
    }
}
