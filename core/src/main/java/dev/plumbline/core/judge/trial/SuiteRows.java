package dev.plumbline.core.judge.trial;

import dev.plumbline.core.model.RunInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Puts the runs of all series of a suite into one order, in which every series keeps its own. */
final class SuiteRows {
    /** The most runs that describe today's noise. */
    static final int MOST = 260;

    private final Map<String, Node> known = new HashMap<>();
    private final Node first = new Node();

    private static final class Node {
        private Node next;
        private int row = -1;
    }

    private SuiteRows() {}

    /**
     * The row of each run.
     *
     * @param rows by series, one row for each run and then for each judged value; ascending
     * @param count of all rows
     */
    record Placed(int[][] rows, int count) {}

    /**
     * Places the runs of a suite.
     *
     * @param histories the runs of each series before the judged ones, oldest first, at most {@value #MOST} each
     * @param judged how many judged values each series has; they come last
     */
    static Placed place(List<List<RunInfo>> histories, int[] judged) {
        int before = 0;
        int last = Arrays.stream(judged).max().orElse(0);
        int[][] rows = new int[histories.size()][];
        // most series of a suite have the same runs
        boolean[] isLikeLast = new boolean[rows.length];
        for (int i = 1; i < rows.length; i++) {
            isLikeLast[i] = isSame(histories.get(i), histories.get(i - 1));
        }
        int[] others =
                IntStream.range(0, rows.length).filter(i -> !isLikeLast[i]).toArray();
        if (Arrays.stream(others).mapToObj(histories::get).allMatch(SuiteRows::isDistinct)) {
            SuiteRows order = new SuiteRows();
            Arrays.stream(others).mapToObj(histories::get).forEach(order::take);
            before = order.number();
            for (int i = 0; i < rows.length; i++) {
                rows[i] = isLikeLast[i] && judged[i] == judged[i - 1]
                        ? rows[i - 1]
                        : order.rows(histories.get(i), judged[i], before + last);
            }
        } else {
            // runs without names of their own are aligned by their age
            for (List<RunInfo> history : histories) {
                before = Math.max(before, history.size());
            }
            for (int i = 0; i < rows.length; i++) {
                rows[i] = new int[histories.get(i).size() + judged[i]];
                for (int j = 0; j < histories.get(i).size(); j++) {
                    rows[i][j] = before - histories.get(i).size() + j;
                }
                judged(rows[i], judged[i], before + last);
            }
        }
        return new Placed(rows, before + last);
    }

    private static boolean isSame(List<RunInfo> some, List<RunInfo> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i) == others.get(i);
        }
        return same;
    }

    private static boolean isDistinct(List<RunInfo> runs) {
        Set<String> ids = new HashSet<>();
        return runs.stream().allMatch(run -> ids.add(run.id()));
    }

    private void take(List<RunInfo> runs) {
        Node at = first;
        List<RunInfo> unknown = new ArrayList<>();
        for (RunInfo run : runs) {
            Node node = known.get(run.id());
            if (node == null) {
                unknown.add(run);
                continue;
            }
            if (!unknown.isEmpty()) {
                at = insert(unknown, at);
                unknown.clear();
            }
            at = node;
        }
        insert(unknown, at);
    }

    private Node insert(List<RunInfo> runs, Node after) {
        Node at = after;
        for (RunInfo run : runs) {
            Node node = new Node();
            node.next = at.next;
            at.next = node;
            at = node;
            known.put(run.id(), node);
        }
        return at;
    }

    private int number() {
        int count = 0;
        for (Node node = first.next; node != null; node = node.next) {
            node.row = count++;
        }
        return count;
    }

    private int[] rows(List<RunInfo> history, int judged, int count) {
        int[] rows = new int[history.size() + judged];
        for (int j = 0; j < history.size(); j++) {
            rows[j] = known.get(history.get(j).id()).row;
        }
        // two series may contradict each other; then one of them is dropped
        Arrays.sort(rows, 0, history.size());
        judged(rows, judged, count);
        return rows;
    }

    private static void judged(int[] rows, int judged, int count) {
        for (int j = 0; j < judged; j++) {
            rows[rows.length - judged + j] = count - judged + j;
        }
    }
}
