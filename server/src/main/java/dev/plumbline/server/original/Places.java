package dev.plumbline.server.original;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Places of runs in a file as a short text, {@code 0-2,5}. */
final class Places {
    private Places() {}

    static String text(List<Integer> places) {
        List<int[]> ranges = new ArrayList<>();
        for (int place : places.stream().sorted().toList()) {
            int[] last = ranges.isEmpty() ? new int[] {-2, -2} : ranges.get(ranges.size() - 1);
            if (place == last[1] + 1) {
                last[1] = place;
            } else {
                ranges.add(new int[] {place, place});
            }
        }
        return ranges.stream()
                .map(range -> range[0] == range[1] ? String.valueOf(range[0]) : range[0] + "-" + range[1])
                .collect(Collectors.joining(","));
    }

    static List<Integer> of(String text) {
        return Stream.of(text.split(","))
                .flatMap(range -> {
                    String[] ends = range.split("-", 2);
                    return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                            .boxed();
                })
                .toList();
    }
}
