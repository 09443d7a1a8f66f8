package dev.plumbline.server;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the interface, which every answer in the tests is held against. */
public final class Specification {
    public static final Specification INSTANCE = new Specification();

    private final String text;
    private final Map<?, ?> document;

    private Specification() {
        try (InputStream in = Specification.class.getResourceAsStream("/openapi.yaml")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document = (Map<?, ?>)
                new Load(LoadSettings.builder().setMaxAliasesForCollections(0).build()).loadFromString(text);
    }

    /** Every method and path, as {@code GET /path}. */
    public Set<String> operations() {
        Set<String> all = new TreeSet<>();
        paths().forEach((path, operations) -> ((Map<?, ?>) operations)
                .keySet()
                .forEach(method -> all.add(String.valueOf(method).toUpperCase(Locale.ROOT) + " " + path)));
        return all;
    }

    /** What an operation takes: each parameter with its place, and the bodies by their type. */
    Map<?, ?> operation(String method, String path) {
        return (Map<?, ?>) ((Map<?, ?>) paths().get(path)).get(method.toLowerCase(Locale.ROOT));
    }

    private Map<?, ?> paths() {
        return (Map<?, ?>) document.get("paths");
    }

    /**
     * Checks an answer; addresses that the description has not are passed over.
     *
     * @throws AssertionError if it is not as the description has it
     */
    void check(String method, HttpResponse<byte[]> response) {
        String path = response.uri().getRawPath();
        Optional<?> operation = paths().entrySet().stream()
                .filter(entry ->
                        Pattern.matches(String.valueOf(entry.getKey()).replaceAll("\\{[a-z]+\\}", "[^/]+"), path))
                .map(entry -> ((Map<?, ?>) entry.getValue()).get(method.toLowerCase(Locale.ROOT)))
                .filter(found -> found != null)
                .findFirst();
        if (operation.isEmpty()) {
            return;
        }
        String where = method + " " + path + " answers " + response.statusCode();
        Object answer = ((Map<?, ?>) ((Map<?, ?>) operation.get()).get("responses"))
                .get(Integer.toString(response.statusCode()));
        if (answer == null) {
            throw new AssertionError(where + ", which the description has not");
        }
        Map<?, ?> resolved = resolved(answer);
        ((Map<?, ?>) resolved.get("headers"))
                .keySet().stream()
                        .map(String::valueOf)
                        .filter(name -> !name.startsWith("RateLimit") || response.statusCode() / 100 == 2)
                        .filter(name -> response.headers().firstValue(name).isEmpty())
                        .forEach(name -> {
                            throw new AssertionError(where + " without the header " + name);
                        });
        checkBody(where, (Map<?, ?>) resolved.get("content"), response);
    }

    private void checkBody(String where, Map<?, ?> content, HttpResponse<byte[]> response) {
        if (content == null) {
            if (response.body().length > 0) {
                throw new AssertionError(where + " with a body, which the description has not");
            }
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        Object known = content.get(type);
        if (known == null) {
            throw new AssertionError(where + " with the type " + type + ", which the description has not");
        }
        Object reference = ((Map<?, ?>) ((Map<?, ?>) known).get("schema")).get("$ref");
        if (reference != null && type.endsWith("json")) {
            String body = new String(response.body(), StandardCharsets.UTF_8);
            List<Error> errors = schema(String.valueOf(reference)).validate(body, InputFormat.JSON);
            if (!errors.isEmpty()) {
                throw new AssertionError(where + " with " + errors + ": " + body);
            }
        }
    }

    /** What stands at the end of a reference, or what has none. */
    Map<?, ?> resolved(Object described) {
        Map<?, ?> map = (Map<?, ?>) described;
        Object reference = map.get("$ref");
        if (reference == null) {
            return map;
        }
        Object found = document;
        for (String part : String.valueOf(reference).substring(2).split("/")) {
            found = ((Map<?, ?>) found).get(part);
        }
        return (Map<?, ?>) found;
    }

    private Schema schema(String reference) {
        String wrapped = text + "\n$schema: https://json-schema.org/draft/2020-12/schema\n$ref: '" + reference + "'\n";
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(wrapped, InputFormat.YAML);
    }
}
