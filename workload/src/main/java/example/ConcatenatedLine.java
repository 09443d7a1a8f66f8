package example;

import java.util.List;

/** Adds word after word to a string, which copies all that is there for each. */
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
