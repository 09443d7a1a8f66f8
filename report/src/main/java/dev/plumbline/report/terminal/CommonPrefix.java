package dev.plumbline.report.terminal;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** The package or the folder that all names share, so that a table need not repeat it in every row. */
final class CommonPrefix {
    /** A name that ends so is a file's, and its point no separator. */
    private static final Set<String> FILES = Set.of(
            "bash", "bat", "c", "cc", "cmd", "cpp", "exe", "go", "jar", "java", "js", "json", "jsh", "kts", "lua",
            "mjs", "out", "php", "pl", "ps1", "py", "r", "rb", "rs", "sh", "sql", "ts", "wasm", "zsh");

    private CommonPrefix() {}

    /**
     * The longest beginning that all names share and that ends where each of them has a joint; empty when there are
     * fewer than two different names.
     *
     * <p>A joint is behind a {@code /}, a {@code |} or a {@code ::}, and behind a {@code .} of a name that is a dotted
     * identifier, such as a Java method's. There is none inside brackets, in a file's name, behind the first blank
     * (where a name is a command with arguments), nor where one of its sides would be without a letter.
     */
    static String of(List<String> names) {
        if (names.stream().distinct().limit(2).count() < 2) {
            return "";
        }
        String first = names.get(0);
        NavigableSet<Integer> joints = joints(first);
        for (String name : names) {
            int shared = shared(first, name);
            Set<Integer> others = joints(name);
            joints.removeIf(joint -> joint > shared || !others.contains(joint));
        }
        return joints.isEmpty() ? "" : first.substring(0, joints.last());
    }

    private static int shared(String first, String second) {
        int length = 0;
        while (length < first.length() && length < second.length() && first.charAt(length) == second.charAt(length)) {
            length++;
        }
        return length;
    }

    private static NavigableSet<Integer> joints(String name) {
        NavigableSet<Integer> joints = new TreeSet<>();
        int end = until(name, " ");
        boolean dotted = isDotted(name.substring(0, until(name, " ([{")));
        int lastLetter = name.length() - 1;
        while (lastLetter >= 0 && !Character.isLetter(name.charAt(lastLetter))) {
            lastLetter--;
        }
        boolean letters = false;
        int depth = 0;
        for (int i = 0; i < end; i++) {
            char character = name.charAt(i);
            letters |= Character.isLetter(character);
            if ("([{".indexOf(character) >= 0) {
                depth++;
            } else if (")]}".indexOf(character) >= 0) {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0 && letters && i < lastLetter && isSeparator(name, i, dotted)) {
                joints.add(i + 1);
            }
        }
        return joints;
    }

    /** The index of the first of these characters; the length when there is none. */
    private static int until(String name, String characters) {
        int at = 0;
        while (at < name.length() && characters.indexOf(name.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static boolean isSeparator(String name, int at, boolean dotted) {
        return switch (name.charAt(at)) {
            case '/', '|' -> true;
            case ':' -> at > 0 && name.charAt(at - 1) == ':';
            case '.' -> dotted;
            default -> false;
        };
    }

    private static boolean isDotted(String name) {
        String[] parts = name.split("\\.", -1);
        return !FILES.contains(parts[parts.length - 1]) && Arrays.stream(parts).allMatch(CommonPrefix::isIdentifier);
    }

    private static boolean isIdentifier(String part) {
        return !part.isEmpty()
                && Character.isJavaIdentifierStart(part.charAt(0))
                && part.chars().allMatch(Character::isJavaIdentifierPart);
    }
}
