package example;

import java.util.List;

/** Adds words to a string, which copies the whole string each time. */
public final class ConcatenatedLine implements Joiner {
    @Override
    public String join(List<String> words) {
        String line = "";
        for (String word : words) {
            line = line.isEmpty() ? word : line + ", " + word;
        }
        return line;
    }
}
