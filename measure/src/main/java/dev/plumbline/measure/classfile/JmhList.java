package dev.plumbline.measure.classfile;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.StringJoiner;

/** The list of benchmarks that JMH's annotation processor writes next to their classes. */
public final class JmhList {
    private static final String FILE = "META-INF/BenchmarkList";

    private JmhList() {}

    /**
     * The settings in the annotations of a benchmark; empty where they leave it to JMH.
     *
     * @param generated the class that runs the benchmark, with dots
     * @param modes how many modes it is measured in, one after another
     * @param isSingleShot whether an iteration is one call, however long that takes
     * @param forks {@code @Fork}
     * @param warmUps iterations of {@code @Warmup}
     * @param warmUpSeconds each of them takes
     * @param iterations of {@code @Measurement}
     * @param iterationSeconds each of them takes
     */
    public record Annotated(
            String generated,
            int modes,
            boolean isSingleShot,
            OptionalInt forks,
            OptionalInt warmUps,
            OptionalDouble warmUpSeconds,
            OptionalInt iterations,
            OptionalDouble iterationSeconds) {
        private Annotated withMode(boolean singleShot) {
            return new Annotated(
                    generated,
                    modes + 1,
                    isSingleShot || singleShot,
                    forks,
                    warmUps,
                    warmUpSeconds,
                    iterations,
                    iterationSeconds);
        }
    }

    /**
     * The settings in the annotations, by the benchmark's name: {@code package.Class.method}. Lines of a form that
     * another version of JMH may write are left out.
     *
     * @throws IOException if the jar cannot be read
     */
    public static Map<String, Annotated> read(JarPath jar) throws IOException {
        Map<String, Annotated> all = new LinkedHashMap<>();
        for (String line : jar.lines(FILE)) {
            try {
                Fields fields = new Fields(line);
                String owner = fields.text();
                String generated = fields.text();
                String name = owner + "." + fields.text();
                boolean isSingleShot = fields.text().equals("SingleShotTime");
                Annotated known = all.get(name);
                all.put(
                        name,
                        known == null ? annotated(generated, isSingleShot, fields) : known.withMode(isSingleShot));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                // without it the benchmark is measured all the same
            }
        }
        return all;
    }

    private static Annotated annotated(String generated, boolean isSingleShot, Fields fields) {
        fields.next(); // threads
        fields.next(); // the threads of a group
        fields.next(); // and their names
        OptionalInt warmUps = fields.number();
        OptionalDouble warmUpSeconds = fields.time();
        fields.next(); // the size of a batch
        OptionalInt iterations = fields.number();
        OptionalDouble iterationSeconds = fields.time();
        fields.next();
        OptionalInt forks = fields.number();
        return new Annotated(generated, 1, isSingleShot, forks, warmUps, warmUpSeconds, iterations, iterationSeconds);
    }

    /**
     * The fields of a line: {@code S 4 name}, {@code I 1 5}, {@code T 6 100 ms} with the length of each text before it;
     * {@code A 2 1 7 1 8}, several with their count; {@code E}, nothing.
     */
    private static final class Fields {
        private String rest;

        Fields(String line) {
            if (!line.startsWith("JMH ")) {
                throw new IllegalArgumentException("not a line of JMH");
            }
            rest = line.substring(4);
        }

        /** The next field; empty where there is none. */
        Optional<String> next() {
            String kind = word();
            return switch (kind) {
                case "E" -> Optional.empty();
                case "S", "I", "T" -> Optional.of(counted());
                case "A", "L" -> {
                    StringJoiner all = new StringJoiner(" ");
                    for (int i = Integer.parseInt(word()); i > 0; i--) {
                        all.add(counted());
                    }
                    yield Optional.of(all.toString());
                }
                default -> throw new IllegalArgumentException("unknown field " + kind);
            };
        }

        private String counted() {
            int length = Integer.parseInt(word());
            String text = rest.substring(0, length);
            rest = rest.substring(length).stripLeading();
            return text;
        }

        String text() {
            return next().orElseThrow(() -> new IllegalArgumentException("no text"));
        }

        OptionalInt number() {
            return next().map(text -> OptionalInt.of(Integer.parseInt(text))).orElseGet(OptionalInt::empty);
        }

        OptionalDouble time() {
            return next().map(text -> {
                        String[] parts = text.split(" ", 2);
                        return parts.length < 2
                                ? OptionalDouble.empty()
                                : JmhTime.unit(parts[1]).stream()
                                        .mapToDouble(unit -> Double.parseDouble(parts[0]) * unit.toNanos() / 1e9)
                                        .findFirst();
                    })
                    .orElseGet(OptionalDouble::empty);
        }

        private String word() {
            int blank = rest.indexOf(' ');
            String word = blank < 0 ? rest : rest.substring(0, blank);
            rest = blank < 0 ? "" : rest.substring(blank + 1);
            return word;
        }
    }
}
