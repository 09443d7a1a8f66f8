package dev.plumbline.examples.tally.bench;

import java.util.Random;

/** Made-up text, the same for the same seed. */
final class Texts {
    private Texts() {}

    static String words(int count, int vocabulary, long seed) {
        Random random = new Random(seed);
        String[] words = new String[vocabulary];
        for (int index = 0; index < vocabulary; index++) {
            words[index] = word(random);
        }
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < count; index++) {
            text.append(words[random.nextInt(vocabulary)]).append(' ');
        }
        return text.toString();
    }

    static String word(Random random) {
        int length = 3 + random.nextInt(8);
        StringBuilder word = new StringBuilder(length);
        for (int index = 0; index < length; index++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    static String runs(int count, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < count; index++) {
            char character = (char) ('a' + random.nextInt(4));
            text.append(String.valueOf(character).repeat(1 + random.nextInt(12)));
        }
        return text.toString();
    }
}
