package dev.plumbline.ingest.neutral;

import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns of a table with one value in a row: what each is for, and which of them distinguish runs and samples. */
final class NeutralColumns {
    /** Prefixes that stand before a colon, before something else. */
    private static final Pattern PREFIXED =
            Pattern.compile("(param|parameter|env|environment|context)[._ -](.+)", Pattern.CASE_INSENSITIVE);

    /** The facts of an environment by tools' names. */
    private static final Set<String> FACTS =
            Set.of("jvm", "jdk", "jvm.flags", "cpu", "os", "arch", "kernel", "governor", "machine", "host", "image");

    private static final List<String> KNOWN = List.of(
            "benchmark",
            "metric",
            "unit",
            "better",
            "direction",
            "value",
            "fork",
            "group",
            "center",
            "deviation",
            "count",
            "revision",
            "commit",
            "branch",
            "commit_time",
            "position",
            "time",
            "measured_at",
            "environment");

    enum Role {
        BENCHMARK,
        METRIC,
        UNIT,
        BETTER,
        PARAMETER,
        REVISION,
        BRANCH,
        COMMIT_TIME,
        POSITION,
        TIME,
        ENVIRONMENT,
        CONTEXT,
        VALUE,
        FORK,
        CENTER,
        DEVIATION,
        COUNT;

        /** Whether rows that differ here belong to different samples. */
        boolean isIdentity() {
            return compareTo(VALUE) < 0;
        }
    }

    record Column(int index, Role role, String name) {
        /** The distinguishing name among columns of one role: that of a parameter, a fact or a text of the context. */
        String meaning() {
            return switch (role) {
                case PARAMETER, ENVIRONMENT, CONTEXT -> name;
                case BENCHMARK,
                        METRIC,
                        UNIT,
                        BETTER,
                        REVISION,
                        BRANCH,
                        COMMIT_TIME,
                        POSITION,
                        TIME,
                        VALUE,
                        FORK,
                        CENTER,
                        DEVIATION,
                        COUNT -> "";
            };
        }
    }

    private final List<Column> columns;

    private NeutralColumns(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * The columns that a table names.
     *
     * @throws UnreadableInput if one is not known or is there twice, or one that must be there is not
     */
    static NeutralColumns of(Source source, Csv csv) throws UnreadableInput {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < csv.columns().size(); i++) {
            Column column = column(source, i, csv.columns().get(i));
            for (Column other : columns) {
                if (other.role == column.role && other.meaning().equals(column.meaning())) {
                    throw new UnreadableInput(
                            source.name() + ":1",
                            "the columns " + Excerpt.quoted(csv.columns().get(other.index)) + " and "
                                    + Excerpt.quoted(csv.columns().get(i))
                                    + " have the same meaning; leave one of them");
                }
            }
            columns.add(column);
        }
        for (Role needed : List.of(Role.BENCHMARK, Role.VALUE)) {
            if (columns.stream().noneMatch(column -> column.role == needed)) {
                throw new UnreadableInput(
                        source.name() + ":1", "has no column \"" + needed.name().toLowerCase(Locale.ROOT) + "\"");
            }
        }
        return new NeutralColumns(columns);
    }

    private static Column column(Source source, int index, String name) throws UnreadableInput {
        int colon = name.indexOf(':');
        if (colon > 0) {
            String rest = name.substring(colon + 1).strip();
            switch (name.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                case "param", "parameter" -> {
                    return new Column(index, Role.PARAMETER, rest);
                }
                case "env", "environment" -> {
                    return new Column(index, Role.ENVIRONMENT, rest);
                }
                case "context" -> {
                    return new Column(index, Role.CONTEXT, rest);
                }
                default -> throw unknown(source, name);
            }
        }
        Role role =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "benchmark", "name" -> Role.BENCHMARK;
                    case "metric" -> Role.METRIC;
                    case "unit" -> Role.UNIT;
                    case "better", "direction" -> Role.BETTER;
                    case "value", "values" -> Role.VALUE;
                    case "fork", "group" -> Role.FORK;
                    case "center" -> Role.CENTER;
                    case "deviation" -> Role.DEVIATION;
                    case "count" -> Role.COUNT;
                    case "revision", "commit" -> Role.REVISION;
                    case "branch" -> Role.BRANCH;
                    case "commit_time", "revision_time" -> Role.COMMIT_TIME;
                    case "position" -> Role.POSITION;
                    case "time", "measured_at" -> Role.TIME;
                    case "environment" -> Role.ENVIRONMENT;
                    default -> throw unknown(source, name);
                };
        return new Column(index, role, role == Role.ENVIRONMENT ? "name" : name);
    }

    private static UnreadableInput unknown(Source source, String name) {
        return new UnreadableInput(
                source.name() + ":1", "the column " + Excerpt.quoted(name) + " is unknown; " + advice(name));
    }

    private static String advice(String name) {
        Matcher prefixed = PREFIXED.matcher(name);
        if (prefixed.matches()) {
            return didYouMean(prefixed.group(1).toLowerCase(Locale.ROOT) + ":" + prefixed.group(2));
        }
        if (FACTS.contains(name.toLowerCase(Locale.ROOT))) {
            return "if it is a fact of the environment, name it env:" + name + "; if it is a parameter, param:" + name
                    + ", or context:… if it does not matter";
        }
        return KNOWN.stream()
                .filter(known -> isNear(name.toLowerCase(Locale.ROOT), known))
                .findFirst()
                .map(NeutralColumns::didYouMean)
                .orElseGet(() -> "if it is a parameter, name it param:" + (name.isBlank() ? "NAME" : name)
                        + ", or context:… if it does not matter");
    }

    private static String didYouMean(String name) {
        return "did you mean " + Excerpt.quoted(name) + "?";
    }

    /** Whether one letter more, less or other, or two neighbours the other way round, make one of the other. */
    private static boolean isNear(String one, String other) {
        int start = 0;
        int shorter = Math.min(one.length(), other.length());
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        String rest = one.substring(start);
        String otherRest = other.substring(start);
        return shorter > 2
                && (behind(rest, 1).equals(behind(otherRest, 1))
                        || behind(rest, 1).equals(otherRest)
                        || rest.equals(behind(otherRest, 1))
                        || rest.length() > 1
                                && otherRest.length() > 1
                                && rest.charAt(0) == otherRest.charAt(1)
                                && rest.charAt(1) == otherRest.charAt(0)
                                && behind(rest, 2).equals(behind(otherRest, 2)));
    }

    private static String behind(String text, int characters) {
        return text.substring(Math.min(characters, text.length()));
    }

    List<Column> all() {
        return columns;
    }

    int count() {
        return columns.size();
    }

    /** The index of the first column of this role; -1 where there is none. */
    int index(Role role) {
        return columns.stream()
                .filter(column -> column.role == role)
                .mapToInt(Column::index)
                .findFirst()
                .orElse(-1);
    }

    /** The indices of the columns that identify the subject. */
    int[] ofSubject() {
        return columns.stream()
                .filter(column -> column.role.compareTo(Role.REVISION) < 0)
                .mapToInt(Column::index)
                .toArray();
    }

    /** The indices of the columns that identify the run of a row. */
    int[] ofRun() {
        return columns.stream()
                .filter(column -> column.role.isIdentity() && column.role.compareTo(Role.REVISION) >= 0)
                .mapToInt(Column::index)
                .toArray();
    }
}
