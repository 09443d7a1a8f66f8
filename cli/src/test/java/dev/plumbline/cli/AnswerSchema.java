package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The documented form of the short answers in JSON. */
public final class AnswerSchema {
    private static final Path FILE = Path.of("..", "docs", "answers-schema.json");

    private AnswerSchema() {}

    /** Fails unless the text is one of the documents that the schema describes. */
    public static void assertFits(String answer) {
        assertThat(schema().validate(answer, InputFormat.JSON)).as(answer).isEmpty();
    }

    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(), InputFormat.JSON);
    }
}
