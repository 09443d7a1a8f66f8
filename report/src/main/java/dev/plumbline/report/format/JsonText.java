package dev.plumbline.report.format;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * Writes JSON for any program and any terminal: pure ASCII, indented by two spaces, line feeds only, numbers
 * that read back to the same bits on every Java version.
 *
 * <p>JSON has no infinities. A number that is not finite is written as {@code null}, and the member after it, with the
 * same name and {@code Is} at the end, has the value in words: {@code "infinite"}, {@code "-infinite"} or {@code "not a
 * number"}.
 */
public final class JsonText {
    /** The number of pieces whose texts are in memory at once. */
    private static final int PIECES = 512;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }

        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER));
            printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
            printer.indentArraysWith(new DefaultPrettyPrinter.FixedSpaceIndenter());
            return printer;
        }
    }

    private final JsonGenerator json;

    private JsonText(JsonGenerator json) {
        this.json = json;
    }

    /** Writes one document and a line feed; the stream is flushed and stays open. */
    public static void write(OutputStream out, Consumer<JsonText> document) throws IOException {
        write(out, new Indented(), document);
    }

    /** One document and a line feed as text. */
    public static String ascii(Consumer<JsonText> document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(bytes, document);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    /** Writes one document on a line of its own, without spaces; the stream is flushed and stays open. */
    public static void line(OutputStream out, Consumer<JsonText> document) throws IOException {
        write(out, ObjectWriteContext.empty(), document);
    }

    private static void write(OutputStream out, ObjectWriteContext form, Consumer<JsonText> document)
            throws IOException {
        try {
            try (JsonGenerator generator = FACTORY.createGenerator(form, out)) {
                document.accept(new JsonText(generator));
                generator.writeRaw('\n');
            }
            out.flush();
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new IllegalStateException("the report's JSON is not well-formed", e);
        }
    }

    /** A finite number as JSON writes it: it reads back to the same bits. */
    static String numeral(double value) {
        return NumberOutput.toString(value, true);
    }

    public void object(Runnable members) {
        json.writeStartObject();
        members.run();
        json.writeEndObject();
    }

    public void object(String name, Runnable members) {
        json.writeName(name);
        object(members);
    }

    public <T> void array(String name, Collection<T> elements, Consumer<T> writer) {
        json.writeName(name);
        array(elements, writer);
    }

    /** An array that is a document or an element. */
    public <T> void array(Collection<T> elements, Consumer<T> writer) {
        json.writeStartArray();
        elements.forEach(writer);
        json.writeEndArray();
    }

    /**
     * An array of objects without spaces, which are written all at once, each to a text of its own.
     *
     * @param writer writes the members of an element; used by several threads, for elements in any order
     */
    public <T> void pieces(String name, Collection<T> elements, BiConsumer<T, JsonText> writer) {
        json.writeName(name);
        json.writeStartArray();
        List<T> all = List.copyOf(elements);
        // batch by batch: the texts of all of them would be as large in memory as the page
        for (int from = 0; from < all.size(); from += PIECES) {
            all.subList(from, Math.min(from + PIECES, all.size())).parallelStream()
                    .map(element -> compact(element, writer))
                    .toList()
                    .forEach(json::writeRawValue);
        }
        json.writeEndArray();
    }

    /**
     * An array with every element on a line of its own, so that a changed element is one changed line.
     *
     * @param depth how deep the array lies in the document, for the indent
     */
    public <T> void lines(String name, Collection<T> elements, int depth, BiConsumer<T, JsonText> writer) {
        json.writeName(name);
        if (elements.isEmpty()) {
            json.writeStartArray();
            json.writeEndArray();
            return;
        }
        String indent = "\n" + "  ".repeat(depth);
        StringBuilder text = new StringBuilder("[");
        for (T element : elements) {
            text.append(text.length() == 1 ? "" : ",")
                    .append(indent)
                    .append("  ")
                    .append(compact(element, writer));
        }
        json.writeRawValue(text.append(indent).append(']').toString());
    }

    private static <T> String compact(T element, BiConsumer<T, JsonText> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            line(bytes, inner -> inner.object(() -> writer.accept(element, inner)));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toString(StandardCharsets.US_ASCII).stripTrailing();
    }

    public void startArray(String name) {
        json.writeName(name);
        json.writeStartArray();
    }

    public void startArray() {
        json.writeStartArray();
    }

    public void endArray() {
        json.writeEndArray();
    }

    /** A string as an array's element. */
    public void text(String text) {
        json.writeString(wellFormed(text));
    }

    public void text(String name, String text) {
        json.writeName(wellFormed(name));
        text(text);
    }

    /** A text; {@code null} when there is none. */
    public void text(String name, Optional<String> text) {
        text.ifPresentOrElse(known -> text(name, known), () -> nothing(name));
    }

    public void nothing(String name) {
        json.writeNullProperty(name);
    }

    public void integer(String name, long value) {
        json.writeNumberProperty(name, value);
    }

    public void truth(String name, boolean value) {
        json.writeBooleanProperty(name, value);
    }

    /** A number as an array's element; {@code null} when it is not finite. */
    public void number(double value) {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    public void number(String name, double value) {
        json.writeName(name);
        number(value);
        if (!Double.isFinite(value)) {
            text(name + "Is", Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "-infinite");
        }
    }

    public void number(String name, OptionalDouble value) {
        if (value.isPresent()) {
            number(name, value.getAsDouble());
        } else {
            nothing(name);
        }
    }

    /** An array of numbers; those that are not finite are {@code null}. */
    public void numbers(String name, double... values) {
        json.writeName(name);
        json.writeStartArray();
        for (double value : values) {
            number(value);
        }
        json.writeEndArray();
    }

    /** An array of arrays of numbers. */
    public void rows(String name, Collection<double[]> rows) {
        json.writeName(name);
        json.writeStartArray();
        for (double[] row : rows) {
            json.writeStartArray();
            for (double value : row) {
                number(value);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** An array's element: pairs of a value and its count. */
    public void rows(double[] values, long[] counts) {
        json.writeStartArray();
        for (int i = 0; i < values.length; i++) {
            json.writeStartArray();
            number(values[i]);
            json.writeNumber(counts[i]);
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    public void integers(String name, long... values) {
        json.writeName(name);
        json.writeStartArray();
        for (long value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }

    public void interval(String name, Interval interval) {
        object(name, () -> {
            number("low", interval.low());
            number("high", interval.high());
            number("confidence", interval.confidence());
        });
    }

    public void strings(String name, Map<String, String> map) {
        object(name, () -> map.forEach(this::text));
    }

    /** Writes the members that identify a series. */
    public void series(SeriesKey key) {
        Benchmark benchmark = key.benchmark();
        text("series", key.id());
        text("benchmark", benchmark.name());
        strings("parameters", benchmark.parameters());
        text("metric", key.metric());
        text("environment", key.environment());
        text("branch", key.branch());
    }

    public void unit(Unit unit) {
        text("unit", unit.symbol());
    }

    /** A promised fix of a change that is still there; nothing where there is none. */
    public void brokenPromise(Optional<Annotation.Fixed> broken) {
        broken.ifPresent(promise -> object("brokenPromise", () -> statement(promise)));
    }

    public void statement(Annotation statement) {
        text("state", statement.kind().name());
        text("id", statement.id());
        text("by", statement.by());
        text("at", statement.at().toString());
        statement.until().ifPresentOrElse(until -> text("until", until.toString()), () -> nothing("until"));
        if (statement instanceof Annotation.Fixed fixed) {
            text("fixedBy", fixed.revision());
        } else {
            nothing("fixedBy");
        }
        text("reason", statement.reason());
    }

    public void run(RunInfo run) {
        text("id", run.id());
        text("commit", run.header().revision().commit());
        text("branch", run.header().revision().branch());
        run.header()
                .revision()
                .commitTime()
                .ifPresentOrElse(time -> text("commitTime", time.toString()), () -> nothing("commitTime"));
        run.header()
                .revision()
                .position()
                .ifPresentOrElse(position -> integer("position", position), () -> nothing("position"));
        run.header()
                .measuredAt()
                .ifPresentOrElse(time -> text("measuredAt", time.toString()), () -> nothing("measuredAt"));
        text("environment", run.header().environment().key());
    }

    /** Halves of surrogate pairs, which no encoding can carry, become the replacement character. */
    private static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!Character.isSurrogate(character)) {
                continue;
            }
            if (Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (mended == null) {
                mended = new StringBuilder(text);
            }
            mended.setCharAt(i, '\uFFFD');
        }
        return mended == null ? text : mended.toString();
    }
}
