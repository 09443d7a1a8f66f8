package dev.plumbline.server.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The commands that a server runs, and the right that each needs. */
public final class CommandRights {
    private static final Map<String, Right> COMMANDS = Map.ofEntries(
            Map.entry("check", Right.RECORD),
            Map.entry("record", Right.RECORD),
            Map.entry("history", Right.READ),
            Map.entry("explain", Right.READ),
            Map.entry("incidents", Right.READ),
            Map.entry("report", Right.READ),
            Map.entry("dashboard", Right.READ),
            Map.entry("compare", Right.READ),
            Map.entry("analyze", Right.READ),
            Map.entry("calibrate", Right.READ),
            Map.entry("accept", Right.DECIDE),
            Map.entry("prune", Right.ADMINISTER));

    private static final Map<String, Map<String, Right>> GROUPS = Map.of(
            "triage",
                    rights(
                            Right.READ,
                            List.of("list", "show"),
                            Right.DECIDE,
                            List.of("acknowledge", "false-alarm", "fixed", "mute", "reopen")),
            "baseline",
                    rights(
                            Right.READ,
                            List.of("list", "show", "diff", "export", "validate", "versions"),
                            Right.DECIDE,
                            List.of("establish", "import", "reset", "rollback")),
            "threshold",
                    rights(Right.READ, List.of("show", "validate", "export"), Right.DECIDE, List.of("import", "tune")),
            "series", rights(Right.READ, List.of("list"), Right.DECIDE, List.of("rename", "merge", "undo")));

    /** With nothing but these, {@code plumb accept} shows what was accepted. */
    private static final Set<String> LISTING =
            Set.of("--list", "--json", "-v", "--verbose", "--color", "always", "never", "auto");

    private CommandRights() {}

    private static Map<String, Right> rights(Right first, List<String> low, Right second, List<String> high) {
        Map<String, Right> rights = new HashMap<>();
        low.forEach(name -> rights.put(name, first));
        high.forEach(name -> rights.put(name, second));
        return Map.copyOf(rights);
    }

    /**
     * The right that a command line needs; empty where a server does not run it.
     *
     * @param arguments the command's name first
     */
    public static Optional<Right> of(List<String> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        String name = arguments.get(0);
        if (name.equals("accept") && arguments.contains("--list") && isListing(arguments)) {
            return Optional.of(Right.READ);
        }
        return GROUPS.containsKey(name)
                ? Optional.ofNullable(GROUPS.get(name).get(arguments.size() < 2 ? "" : arguments.get(1)))
                : Optional.ofNullable(COMMANDS.get(name));
    }

    private static boolean isListing(List<String> arguments) {
        return LISTING.containsAll(arguments.subList(1, arguments.size()));
    }
}
