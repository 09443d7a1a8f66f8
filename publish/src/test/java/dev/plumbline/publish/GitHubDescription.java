package dev.plumbline.publish;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** GitHub's own OpenAPI description, which npm's {@code @octokit/openapi} carries; {@code ./check} installs it. */
final class GitHubDescription {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Optional<GitHubDescription> HERE = read();

    private final JsonNode root;
    private final Map<String, com.networknt.schema.Schema> schemas = new HashMap<>();

    private GitHubDescription(JsonNode root) {
        this.root = root;
    }

    /** Empty where it is not installed. */
    static Optional<GitHubDescription> here() {
        return HERE;
    }

    private static Optional<GitHubDescription> read() {
        Path modules = Path.of(System.getenv().getOrDefault("PLUMBLINE_NPM", "src/test/npm/node_modules"));
        Path file = modules.resolve("@octokit/openapi/generated/api.github.com.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GitHubDescription(JSON.readTree(Files.readString(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a request; empty when nothing is. */
    List<String> complaints(String method, URI address, String body) {
        List<String> complaints = new ArrayList<>();
        Optional<JsonNode> found = operation(method, address.getRawPath());
        if (found.isEmpty()) {
            return List.of("there is no " + method + " " + address.getRawPath());
        }
        JsonNode operation = found.get();
        query(operation, address.getRawQuery()).forEach(complaints::add);
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        if (schema.isMissingNode()) {
            if (!body.isEmpty()) {
                complaints.add("a body is not asked for");
            }
            return complaints;
        }
        schemas.computeIfAbsent(method + operation.get("operationId"), key -> schema(schema))
                .validate(body, InputFormat.JSON)
                .forEach(error -> complaints.add("body: " + error));
        JSON.readTree(body).propertyNames().forEach(name -> {
            if (!schema.path("properties").has(name)) {
                complaints.add("body: \"" + name + "\" is not described");
            }
        });
        return complaints;
    }

    private Optional<JsonNode> operation(String method, String path) {
        for (Map.Entry<String, JsonNode> entry : root.get("paths").properties()) {
            String pattern = Pattern.quote(entry.getKey()).replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q");
            JsonNode operation = entry.getValue().get(method.toLowerCase(Locale.ROOT));
            if (operation != null && path.matches(pattern)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    private List<String> query(JsonNode operation, String query) {
        List<String> complaints = new ArrayList<>();
        Map<String, JsonNode> known = new HashMap<>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode resolved = resolved(parameter);
            if (resolved.get("in").asString().equals("query")) {
                known.put(resolved.get("name").asString(), resolved.get("schema"));
            }
        }
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String name = pair.substring(0, pair.indexOf('='));
            String value = URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
            JsonNode schema = known.get(name);
            if (schema == null) {
                complaints.add("query: \"" + name + "\" is not described");
            } else if (schema.path("type").asString().equals("integer") && !value.matches("[0-9]+")) {
                complaints.add("query: \"" + name + "\" is a number, not " + value);
            } else if (schema.has("enum")
                    && schema.get("enum").valueStream().noneMatch(one -> one.asString()
                            .equals(value))) {
                complaints.add("query: \"" + name + "\" must be one of " + schema.get("enum"));
            }
        }
        return complaints;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asString().substring(1)) : node;
    }

    /** OpenAPI 3.0 is JSON Schema but for {@code nullable}, which allows what the schema then forbids. */
    private com.networknt.schema.Schema schema(JsonNode schema) {
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        whole.set("components", root.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(whole.toString(), InputFormat.JSON);
    }
}
