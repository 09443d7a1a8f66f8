package dev.plumbline.report.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in aligned columns that fit a width: wide columns are shortened in the middle, and if that is not enough, the
 * least important ones are left out. What is still too wide goes on in further lines of the same row, indented. Where
 * nothing is cut, the same columns are shown, as wide as their texts or as the table allows.
 */
public final class Table {
    private static final String GAP = "  ";

    /**
     * One column.
     *
     * @param title the text above it; may be empty
     * @param right whether it is aligned to the right
     * @param rank columns with the highest rank are left out first; 0 is never left out
     * @param readable the width down to which it is shortened before any column is left out
     * @param minimum the width down to which it is shortened at all; at least 1
     */
    public record Column(String title, boolean right, int rank, int readable, int minimum) {
        static final int WHOLE = Integer.MAX_VALUE;

        /** A column that is shown whole or not at all. */
        public static Column whole(String title, boolean right, int rank) {
            return new Column(title, right, rank, WHOLE, WHOLE);
        }
    }

    /** The content of one column of one row: text that is safe to show, and its look. */
    public record Cell(String text, Ansi look) {
        public static final Cell EMPTY = new Cell("", Ansi.PLAIN);

        public static Cell of(String safe) {
            return new Cell(safe, Ansi.PLAIN);
        }
    }

    private final TextStyle style;
    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();
    private final List<String> below = new ArrayList<>();
    private final int longest;

    public Table(TextStyle style, List<Column> columns) {
        this(style, columns, Integer.MAX_VALUE);
    }

    /**
     * A table to be read at a glance.
     *
     * @param longest how wide a column gets at most where nothing is cut: one long name moves the numbers of all rows
     */
    public Table(TextStyle style, List<Column> columns, int longest) {
        this.style = style;
        this.columns = List.copyOf(columns);
        this.longest = longest;
    }

    public void add(List<Cell> row) {
        add(row, "");
    }

    /** A row, and a line of its own under it; the line is not measured. */
    public void add(List<Cell> row, String lineBelow) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(row.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(List.copyOf(row));
        below.add(lineBelow);
    }

    /** Writes the titles, if any column has one, and the rows, each on a line that ends in a line feed. */
    public void appendTo(StringBuilder out) {
        int[] natural = natural();
        int[] widths = fit(natural, style.width());
        if (style.whole()) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = widths[i] == 0
                        ? 0
                        : Math.min(natural[i], Math.min(style.room(widths[i]), Math.max(widths[i], longest)));
            }
        }
        if (columns.stream().anyMatch(column -> !column.title().isEmpty())) {
            List<Cell> titles = columns.stream()
                    .map(column -> new Cell(style.safe(column.title()), Ansi.DIM))
                    .toList();
            line(titles, titles.stream().map(Cell::text).toList(), widths, out);
        }
        List<Shortening> shortenings = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            shortenings.add(new Shortening(
                    rows.stream().map(row -> row.get(column).text()).toList(), widths[i], style));
        }
        for (int i = 0; i < rows.size(); i++) {
            List<String> texts = new ArrayList<>();
            for (int j = 0; j < widths.length; j++) {
                texts.add(shortenings.get(j).of(rows.get(i).get(j).text()));
            }
            line(rows.get(i), texts, widths, out);
            if (!below.get(i).isEmpty()) {
                out.append(below.get(i)).append('\n');
            }
        }
    }

    /** The width of each column's texts. */
    private int[] natural() {
        int[] natural = new int[columns.size()];
        for (int i = 0; i < natural.length; i++) {
            for (List<Cell> row : rows) {
                natural[i] = Math.max(natural[i], TerminalText.width(row.get(i).text()));
            }
            if (natural[i] > 0) {
                natural[i] = Math.max(
                        natural[i], TerminalText.width(style.safe(columns.get(i).title())));
            }
        }
        return natural;
    }

    /** The width of each column; 0 for those that are left out. */
    private int[] fit(int[] natural, int width) {
        int[] widths = natural.clone();
        while (true) {
            shrink(widths, width, true);
            if (total(widths) <= width) {
                return widths;
            }
            int leastImportant = leastImportant(widths);
            if (leastImportant < 0) {
                int[] readable = widths.clone();
                shrink(widths, width, false);
                return total(widths) <= width || style.whole() ? widths : inLines(readable, width);
            }
            System.arraycopy(without(natural, widths, leastImportant), 0, widths, 0, widths.length);
        }
    }

    /** The widths of columns whose rows take several lines, so that no name has to be shorter than a line. */
    private static int[] inLines(int[] widths, int width) {
        return Arrays.stream(widths)
                .map(one -> Math.min(one, width - GAP.length()))
                .toArray();
    }

    private static int[] without(int[] natural, int[] widths, int index) {
        int[] next = new int[widths.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = widths[i] == 0 || i == index ? 0 : natural[i];
        }
        return next;
    }

    /** Takes columns from the widest that may be shortened until everything fits or none may be shortened any more. */
    private void shrink(int[] widths, int width, boolean readable) {
        int excess = total(widths) - width;
        while (excess > 0) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                Column column = columns.get(i);
                if (widths[i] > (readable ? column.readable() : column.minimum())
                        && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
            excess--;
        }
    }

    private static int total(int[] widths) {
        int total = -GAP.length();
        for (int width : widths) {
            total += width == 0 ? 0 : width + GAP.length();
        }
        return total;
    }

    private int leastImportant(int[] widths) {
        int index = -1;
        for (int i = 0; i < widths.length; i++) {
            int rank = columns.get(i).rank();
            if (widths[i] > 0
                    && rank > 0
                    && (index < 0 || rank > columns.get(index).rank())) {
                index = i;
            }
        }
        return index;
    }

    private void line(List<Cell> row, List<String> texts, int[] widths, StringBuilder out) {
        StringBuilder line = new StringBuilder();
        int pending = 0;
        int end = 0;
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] == 0) {
                continue;
            }
            if (end > 0 && end + widths[i] > style.width() && !style.whole()) {
                out.append(line).append('\n');
                line.setLength(0);
                pending = GAP.length();
                end = GAP.length();
            }
            end += widths[i] + GAP.length();
            String text = style.shorten(texts.get(i), widths[i]);
            int missing = widths[i] - TerminalText.width(text);
            boolean right = columns.get(i).right();
            pending += right ? missing : 0;
            if (!text.isEmpty()) {
                line.append(" ".repeat(pending))
                        .append(style.paint(text, row.get(i).look()));
                pending = 0;
            }
            pending += (right ? 0 : missing) + GAP.length();
        }
        out.append(line).append('\n');
    }
}
