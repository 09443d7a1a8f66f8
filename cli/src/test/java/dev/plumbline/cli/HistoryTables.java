package dev.plumbline.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lies in the file of a history.
 *
 * @param rows every row of every table, to the byte, by the table's name
 */
record HistoryTables(Map<String, List<String>> rows) {
    static HistoryTables of(Path folder) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (Connection database =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(".plumbline/history.db"));
                Statement statement = database.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet found = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                while (found.next()) {
                    names.add(found.getString(1));
                }
            }
            for (String name : names) {
                tables.put(name, rows(statement, name));
            }
        }
        return new HistoryTables(tables);
    }

    private static List<String> rows(Statement statement, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("SELECT * FROM \"" + table + '"')) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    cells.add(Arrays.toString(row.getBytes(column)));
                }
                rows.add(String.join(" ", cells));
            }
        }
        return rows;
    }

    /** The names of the tables that are other ones now. */
    List<String> changedIn(Path folder) throws SQLException {
        Map<String, List<String>> now = of(folder).rows;
        List<String> changed = new ArrayList<>(now.keySet());
        changed.removeIf(name -> now.get(name).equals(rows.get(name)));
        rows.keySet().stream().filter(name -> !now.containsKey(name)).forEach(changed::add);
        return changed;
    }
}
