package dev.plumbline.ingest.input;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * The beginning of a file, from which its format is recognised.
 *
 * <p>For JSON it knows the paths of all keys that the beginning shows, so that a recogniser asks for structure and not
 * for characters: {@code head.has("[]", "primaryMetric", "score")}.
 */
public final class Head {
    private static final int MAX_PATHS = 4096;
    private static final int FEW_PATHS = 8;
    private static final int MAX_DEPTH = 8;
    private static final int SHOWN_KEYS = 8;
    private static final String ELEMENT = "[]";
    private static final Pattern ASSIGNMENT =
            Pattern.compile("\\s*(?:(?:const|let|var)\\s+)?[A-Za-z_$][\\w$.]{0,100}\\s*=\\s*(?=[\\[{])");

    private final String fileName;
    private final String text;
    private final boolean cut;
    private final Set<List<String>> paths = new LinkedHashSet<>();
    private char root;
    private boolean brokenOff;
    private boolean damaged;

    /**
     * @param bytes UTF-8, possibly cut inside a character; what is no UTF-8 is overlooked here
     * @param cut whether the file may go on
     */
    Head(String fileName, byte[] bytes, boolean cut) {
        this.fileName = fileName;
        this.text = new String(bytes, StandardCharsets.UTF_8);
        this.cut = cut;
        sniff(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether few enough keys were seen, though the file goes on, that looking further is worth it. */
    boolean isStarved() {
        return cut && root != 0 && paths.size() < FEW_PATHS;
    }

    /** The file's name without its folder: a hint only. */
    public String fileName() {
        return fileName;
    }

    /** The text, as far as it was looked at. */
    public String text() {
        return text;
    }

    /** The first lines of the text, at most as many as asked for. */
    public List<String> lines(int most) {
        return text.lines().limit(most).toList();
    }

    /** Whether the text begins with a JSON object, or with a JavaScript variable that one is assigned to. */
    public boolean isObject() {
        return root == '{';
    }

    /** Whether the text begins as JSON but is not JSON as a whole. */
    public boolean isDamagedJson() {
        return damaged;
    }

    /** Whether the text begins with a JSON list. */
    public boolean isList() {
        return root == '[';
    }

    /**
     * Whether a key with this path was seen.
     *
     * @param path keys from the root; {@code []} for any element of a list, {@code *} for any key
     */
    public boolean has(String... path) {
        if (Arrays.asList(path).contains("*")) {
            return paths.stream().anyMatch(seen -> matches(seen, path));
        }
        return paths.contains(List.of(path));
    }

    private static boolean matches(List<String> seen, String[] path) {
        if (seen.size() != path.length) {
            return false;
        }
        for (int i = 0; i < path.length; i++) {
            boolean any = path[i].equals("*") && !seen.get(i).equals(ELEMENT);
            if (!any && !path[i].equals(seen.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A description of the contents, for a message to a person. */
    public String description() {
        String keys = paths.stream()
                .filter(path -> path.size() == (root == '[' ? 2 : 1))
                .map(path -> path.get(path.size() - 1))
                .filter(key -> !key.equals(ELEMENT))
                .limit(SHOWN_KEYS)
                .map(Excerpt::quoted)
                .collect(Collectors.joining(", "));
        if (root != 0 && brokenOff) {
            return "JSON that ends in the middle of a value" + (keys.isEmpty() ? "" : ", with the keys " + keys);
        }
        if (root == '{') {
            return keys.isEmpty() ? "an empty JSON object" : "a JSON object with the keys " + keys;
        }
        if (root == '[') {
            return keys.isEmpty() ? "a JSON list without objects" : "a JSON list of objects with the keys " + keys;
        }
        return "text that begins with "
                + Excerpt.quoted(text.strip().lines().findFirst().orElse(""));
    }

    private void sniff(byte[] bytes) {
        int from = 0;
        Matcher assignment = ASSIGNMENT.matcher(text);
        if (assignment.lookingAt()) {
            from = text.substring(0, assignment.end()).getBytes(StandardCharsets.UTF_8).length;
        }
        while (from < bytes.length && Character.isWhitespace(bytes[from])) {
            from++;
        }
        if (from == bytes.length || bytes[from] != '{' && bytes[from] != '[') {
            return;
        }
        root = (char) bytes[from];
        try (JsonParser parser = Json.parser(bytes, from, bytes.length - from)) {
            walk(parser);
        } catch (JacksonException e) {
            damaged = !cut;
            brokenOff = !cut && e instanceof UnexpectedEndOfInputException;
            if (paths.isEmpty() && !cut && !(e instanceof UnexpectedEndOfInputException)) {
                damaged = root == '{'; // a list may be the beginning of a log or of a text
                root = 0; // it only looked like JSON
            }
        }
    }

    /** The keys below a key, so that what was seen before is known without making its path. */
    private static final class Keys {
        private final Map<String, Keys> below = new HashMap<>();
        private final Set<String> known = new HashSet<>();

        Keys below(String key) {
            return below.computeIfAbsent(key, k -> new Keys());
        }

        /** Whether this key was not asked for before. */
        boolean isNew(String key) {
            return known.add(key);
        }
    }

    private void walk(JsonParser parser) {
        Deque<String> path = new ArrayDeque<>();
        Deque<Keys> seen = new ArrayDeque<>();
        seen.addLast(new Keys());
        int depth = 0;
        String key = null;
        for (JsonToken token = parser.nextToken();
                token != null && paths.size() < MAX_PATHS;
                token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    if (depth > 0) {
                        String entered = key == null ? ELEMENT : key;
                        path.addLast(entered);
                        seen.addLast(seen.getLast().below(entered));
                    }
                    depth++;
                    key = null;
                }
                case END_OBJECT, END_ARRAY -> {
                    depth--;
                    if (depth == 0) {
                        return; // only the first value of the file counts
                    }
                    path.removeLast();
                    seen.removeLast();
                    key = null;
                }
                case PROPERTY_NAME -> {
                    key = parser.currentName();
                    if (depth <= MAX_DEPTH && seen.getLast().isNew(key)) {
                        add(path, key);
                    }
                }
                case VALUE_EMBEDDED_OBJECT,
                        VALUE_STRING,
                        VALUE_NUMBER_INT,
                        VALUE_NUMBER_FLOAT,
                        VALUE_TRUE,
                        VALUE_FALSE,
                        VALUE_NULL,
                        NOT_AVAILABLE -> key = null;
            }
        }
    }

    private void add(Deque<String> path, String key) {
        String[] whole = Arrays.copyOf(path.toArray(new String[0]), path.size() + 1);
        whole[path.size()] = key;
        paths.add(List.of(whole));
    }
}
