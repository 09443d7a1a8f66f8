package dev.plumbline.report;

import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.role.Roles;

/** The role of a metric in words. */
public final class RoleWords {
    private RoleWords() {}

    /** The meaning of a role, with the rule that sets it: {@code secondary: judged, does not fail the gate (k6)}. */
    public static String of(Roles.Decision decision) {
        return decision.role().word() + ": " + meaning(decision.role()) + " ("
                + decision.rule().map(rule -> origin(decision, rule)).orElse("the default") + ")";
    }

    private static String meaning(Role role) {
        return switch (role) {
            case PRIMARY -> "judged, may fail the gate";
            case SECONDARY -> "judged, does not fail the gate";
            case CONTEXT -> "kept, not judged";
        };
    }

    private static String origin(Roles.Decision decision, RoleRule rule) {
        return decision.isOnlyOne()
                ? "its benchmark has no other primary metric; else "
                        + rule.role().word() + " by " + rule.name()
                : rule.name();
    }
}
