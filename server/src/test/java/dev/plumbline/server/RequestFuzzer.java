package dev.plumbline.server;

import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Requests that the description of the interface permits, nearly permits, or does not permit at all: values at the
 * bounds of their schema and beyond them, of another type, hostile texts, bodies that are cut or of another type.
 */
public final class RequestFuzzer {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "..",
            "../../etc/passwd",
            "%00",
            "\u0000",
            "\u202egpj",
            "a\r\nSet-Cookie: x=y",
            "' OR '1'='1",
            "'; DROP TABLE run; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1/x}",
            "{{7*7}}",
            "-1",
            "--store=/tmp/x",
            "@/etc/passwd",
            "*",
            "?",
            "[",
            "\\",
            "\ud800",
            "ｆｕｌｌ",
            "e\u0301",
            "😀".repeat(50),
            "x".repeat(5000),
            "1e999",
            "NaN",
            "2026-02-30T25:61:61Z",
            "9999999999-01-01T00:00:00Z",
            "-999999999-01-01T00:00:00Z");
    private static final List<String> NUMBERS =
            List.of("0", "-1", "1", "2147483647", "2147483648", "9223372036854775808", "1e400", "0.5", "-0");
    private static final List<String> OTHERS = List.of(
            "null", "true", "{}", "[]", "\"\"", "0", "1e999", "[".repeat(2000), "{\"a\":".repeat(500), "\"\\ud800\"");
    private static final List<String> FILES = List.of(
            "benchmark,value,unit\nparse,12.5,ms\n",
            "benchmark,value,unit\nparse,NaN,ms\n",
            "benchmark,value,unit\nparse,12.5",
            "[]",
            "{",
            "<testsuite/>",
            "\u0000\u0001\u0002",
            "PK\u0003\u0004",
            "PACK");

    private final Random random;
    private final Map<String, List<String>> known;

    /** @param known values of parameters, by their names, that the server knows */
    public RequestFuzzer(long seed, Map<String, List<String>> known) {
        random = new Random(seed);
        this.known = known;
    }

    /** @param operation such as {@code GET /healthz} */
    public Answer send(Client client, String operation) {
        String[] parts = operation.split(" ", 2);
        Map<?, ?> described = Specification.INSTANCE.operation(parts[0], parts[1]);
        List<String> headers = new ArrayList<>();
        String target = target(parts[1], described, headers);
        Object body = described.get("requestBody");
        String sent = "";
        if (body != null) {
            Map<?, ?> contents =
                    (Map<?, ?>) Specification.INSTANCE.resolved(body).get("content");
            Map.Entry<?, ?> content = contents.entrySet().iterator().next();
            headers.add("Content-Type");
            headers.add(isRarely() ? "text/plain" : String.valueOf(content.getKey()));
            sent = body(String.valueOf(content.getKey()), ((Map<?, ?>) content.getValue()).get("schema"));
        }
        return client.send(parts[0], target, sent, headers.toArray(String[]::new));
    }

    private String target(String path, Map<?, ?> described, List<String> headers) {
        String target = path;
        List<String> query = new ArrayList<>();
        Object parameters = described.get("parameters");
        for (Object one : parameters == null ? List.of() : (List<?>) parameters) {
            Map<?, ?> parameter = Specification.INSTANCE.resolved(one);
            String name = String.valueOf(parameter.get("name"));
            boolean isNeeded = Boolean.TRUE.equals(parameter.get("required"));
            switch (String.valueOf(parameter.get("in"))) {
                case "path" -> target = target.replace("{" + name + "}", encoded(pathText(name, parameter)));
                case "query" -> {
                    if (isNeeded != isRarely() || random.nextInt(3) == 0) {
                        query.add(encoded(name) + "=" + encoded(text(name, parameter.get("schema"))));
                    }
                }
                case "header" -> {
                    if (random.nextBoolean()) {
                        headers.add(name);
                        headers.add(text(name, parameter.get("schema")).replaceAll("[^ -~]", "~"));
                    }
                }
                default -> throw new IllegalStateException(name);
            }
        }
        return query.isEmpty() ? target : target + "?" + String.join("&", query);
    }

    /** No path has an empty part: the client would send another path. */
    private String pathText(String name, Map<?, ?> parameter) {
        String text = text(name, parameter.get("schema"));
        return text.isEmpty() || text.equals(".") || text.equals("..") ? "x" : text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private boolean isRarely() {
        return random.nextInt(12) == 0;
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String text(String name, Object schema) {
        List<String> values = known.getOrDefault(name, List.of());
        if (!values.isEmpty() && random.nextInt(8) != 0) {
            return one(values);
        }
        Map<?, ?> resolved = Specification.INSTANCE.resolved(schema);
        Object choices = resolved.get("enum");
        if (choices != null && !isRarely()) {
            return String.valueOf(one((List<?>) choices));
        }
        return switch (String.valueOf(resolved.get("type"))) {
            case "integer", "number" -> isRarely() ? one(TEXTS) : number(resolved);
            case "boolean" -> isRarely() ? one(TEXTS) : Boolean.toString(random.nextBoolean());
            default -> random.nextBoolean() ? one(TEXTS) : word(resolved);
        };
    }

    /** A bound, one beyond it, or some number between. */
    private String number(Map<?, ?> schema) {
        if (random.nextInt(3) == 0) {
            return one(NUMBERS);
        }
        Object bound = schema.get(random.nextBoolean() ? "minimum" : "maximum");
        return bound == null
                ? Integer.toString(random.nextInt(100))
                : Long.toString(((Number) bound).longValue() + random.nextInt(3) - 1);
    }

    /** Letters and digits, of a length that the schema permits or one beyond it. */
    private String word(Map<?, ?> schema) {
        int most = schema.get("maxLength") instanceof Number length ? Math.min(2000, length.intValue()) : 40;
        int length = isRarely() ? most + 1 : 1 + random.nextInt(Math.min(most, 30));
        return random.ints(length, 0, 36)
                .mapToObj(digit -> Integer.toString(digit, 36))
                .collect(Collectors.joining());
    }

    private String body(String type, Object schema) {
        if (isRarely()) {
            return one(OTHERS);
        }
        String whole =
                switch (type) {
                    case "application/json" -> json("", schema, 0);
                    case "application/x-www-form-urlencoded" -> form(schema);
                    default -> random.nextBoolean() ? FILES.get(0) : one(FILES);
                };
        return isRarely() ? whole.substring(0, random.nextInt(whole.length() + 1)) : whole;
    }

    private String form(Object schema) {
        List<String> fields = new ArrayList<>();
        ((Map<?, ?>) Specification.INSTANCE.resolved(schema).get("properties"))
                .forEach((name, value) -> fields.add(name + "=" + encoded(text(String.valueOf(name), value))));
        return String.join("&", fields);
    }

    private String json(String name, Object schema, int depth) {
        Map<?, ?> resolved = Specification.INSTANCE.resolved(schema);
        if (isRarely() || depth > 6) {
            return one(OTHERS);
        }
        return switch (String.valueOf(resolved.get("type"))) {
            case "object" -> object(resolved, depth);
            case "array" ->
                random.ints(random.nextInt(4), 0, 1)
                        .mapToObj(any -> json(name, resolved.get("items"), depth + 1))
                        .collect(Collectors.joining(",", "[", "]"));
            case "integer", "number" -> number(resolved);
            case "boolean" -> Boolean.toString(random.nextBoolean());
            default -> quoted(text(name, resolved));
        };
    }

    private String object(Map<?, ?> schema, int depth) {
        Object properties = schema.get("properties");
        List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
        List<String> members = new ArrayList<>();
        if (properties != null) {
            ((Map<?, ?>) properties).forEach((name, value) -> {
                if (required.contains(name) ? !isRarely() : random.nextBoolean()) {
                    members.add(quoted(String.valueOf(name)) + ":" + json(String.valueOf(name), value, depth + 1));
                }
            });
        }
        if (isRarely()) {
            members.add(quoted(one(TEXTS)) + ":" + one(OTHERS));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').append(letter);
            } else if (letter < ' ' || Character.isSurrogate(letter)) {
                quoted.append(String.format("\\u%04x", (int) letter));
            } else {
                quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }
}
