package dev.plumbline.pipeline;

import dev.plumbline.core.detect.Budget;
import dev.plumbline.core.detect.Finding;
import dev.plumbline.core.detect.GatePolicy;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells of budgets that hold for nothing: a limit with a slip in it would guard nobody, and nobody would notice. */
final class IdleBudgets {
    private IdleBudgets() {}

    /**
     * A sentence for each budget that is a slip.
     *
     * @param known the series that could have one, those of the findings among them; a budget that fits one of them by
     *     name is for another suite
     */
    static List<String> notes(GatePolicy policy, List<Finding> findings, List<SeriesKey> known) {
        Map<String, List<Budget>> byPlace = new LinkedHashMap<>();
        policy.budgets().forEach(budget -> byPlace.computeIfAbsent(budget.name(), name -> new ArrayList<>())
                .add(budget));
        List<String> notes = new ArrayList<>();
        byPlace.forEach((place, budgets) -> {
            Budget budget = budgets.get(0);
            List<Finding> named = findings.stream()
                    .filter(finding -> budget.names(finding.key()))
                    .toList();
            if (named.isEmpty() && known.stream().noneMatch(budget::names)) {
                notes.add(place + ": the budget's names match nothing that was ever measured; it guards nothing");
            } else if (!named.isEmpty()
                    && named.stream().noneMatch(finding -> budget.isFor(finding.key(), finding.unit()))) {
                notes.add(place + ": the budget is in " + shown(budget.unit()) + " and what it names is in "
                        + shown(named.get(0).unit()) + ", such as "
                        + named.get(0).key().benchmark().label() + " "
                        + named.get(0).key().metric()
                        + "; it guards nothing");
            }
        });
        return notes;
    }

    private static String shown(Unit unit) {
        return unit.symbol().isEmpty() ? "bare numbers" : unit.symbol();
    }
}
