package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of {@code docs}, each read once. */
public final class Schemas {
    private static final Map<String, Schema> READ = new ConcurrentHashMap<>();

    private Schemas() {}

    public static void assertValid(String schema, String json) {
        assertThat(READ.computeIfAbsent(schema, Schemas::read).validate(json, InputFormat.JSON))
                .as("%s, held to %s", json.length() > 2000 ? json.substring(0, 2000) : json, schema)
                .isEmpty();
    }

    private static Schema read(String name) {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("..", "docs", name)), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
