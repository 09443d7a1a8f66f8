package example;

import java.util.List;

/** Writes words in one line. */
public interface Joiner {
    /** The words with a comma and a blank between them. */
    String join(List<String> words);
}
