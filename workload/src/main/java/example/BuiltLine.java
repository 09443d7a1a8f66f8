package example;

import java.util.List;

/** Adds word after word to a buffer that grows. */
public final class BuiltLine implements Joiner {
    @Override
    public String join(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (line.length() > 0) {
                line.append(", ");
            }
            line.append(word);
        }
        return line.toString();
    }
}
