package dev.plumbline.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One repository of GitHub with one pull request, which remembers what is written. */
public final class FakeGitHub extends FakeService {
    /** The commit at the pull request's head. */
    public static final String HEAD = "0123456789abcdef0123456789abcdef01234567";

    static final String TOKEN = "ghs_secret0123456789";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COMMENTS = Pattern.compile("/repos/octo/demo/issues/7/comments");
    private static final Pattern COMMENT = Pattern.compile("/repos/octo/demo/issues/comments/([0-9]+)");

    final Map<Long, ObjectNode> comments = new LinkedHashMap<>();
    final List<JsonNode> checks = new ArrayList<>();
    final List<JsonNode> statuses = new ArrayList<>();

    public FakeGitHub() throws IOException {}

    /** Adds a comment by somebody. */
    void comment(String login, String type, String body) {
        long id = 1000L + comments.size();
        ObjectNode comment = JSON.createObjectNode();
        comment.put("id", id)
                .put("body", body)
                .put("html_url", "https://github.com/octo/demo/pull/7#issuecomment-" + id);
        comment.putObject("user").put("login", login).put("type", type);
        comments.put(id, comment);
    }

    /** The variables of a job for the pull request. */
    Map<String, String> variables(Map<String, String> more) {
        Map<String, String> variables = new LinkedHashMap<>(Map.of(
                "GITHUB_API_URL",
                address().toString(),
                "GITHUB_SERVER_URL",
                "https://github.com",
                "GITHUB_REPOSITORY",
                "octo/demo",
                "GITHUB_SHA",
                "f".repeat(40),
                "GITHUB_RUN_ID",
                "42",
                "GITHUB_TOKEN",
                TOKEN));
        variables.putAll(more);
        return variables;
    }

    @Override
    protected Answer answer(Request request) {
        String path = request.address().getPath();
        String method = request.method();
        if (method.equals("GET") && path.equals("/user")) {
            return Answer.of(200, "{\"login\": \"octocat\", \"type\": \"User\"}");
        }
        if (method.equals("GET") && path.equals("/repos/octo/demo/pulls/7")) {
            return Answer.of(200, pull().toString());
        }
        if (method.equals("GET") && path.equals("/repos/octo/demo/pulls")) {
            return Answer.of(200, JSON.createArrayNode().add(pull()).toString());
        }
        if (method.equals("GET") && COMMENTS.matcher(path).matches()) {
            int page = Integer.parseInt(request.address().getQuery().replaceAll(".*[?&]page=([0-9]+).*", "$1"));
            ArrayNode list = JSON.createArrayNode();
            comments.values().stream().skip(100L * (page - 1)).limit(100).forEach(list::add);
            return Answer.of(200, list.toString());
        }
        JsonNode body = request.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(request.body());
        if (method.equals("POST") && COMMENTS.matcher(path).matches()) {
            if (body.get("body").asString().length() > 65_536) {
                return Answer.of(
                        422,
                        "{\"message\": \"Validation Failed\", \"errors\":"
                                + " [{\"message\": \"body is too long (maximum is 65536 characters)\"}]}");
            }
            comment("github-actions[bot]", "Bot", body.get("body").asString());
            return Answer.of(201, comments.get(999L + comments.size()).toString());
        }
        Matcher comment = COMMENT.matcher(path);
        if (method.equals("PATCH") && comment.matches()) {
            ObjectNode known = comments.get(Long.parseLong(comment.group(1)));
            if (known == null) {
                return Answer.of(404, "{\"message\": \"Not Found\"}");
            }
            known.set("body", body.get("body"));
            return Answer.of(200, known.toString());
        }
        if (method.equals("POST") && path.equals("/repos/octo/demo/check-runs")) {
            checks.add(body);
            return Answer.of(201, "{\"id\": 5}");
        }
        if (method.equals("PATCH") && path.equals("/repos/octo/demo/check-runs/5")) {
            checks.add(body);
            return Answer.of(200, "{\"id\": 5}");
        }
        if (method.equals("POST") && path.startsWith("/repos/octo/demo/statuses/")) {
            statuses.add(body);
            return Answer.of(201, "{}");
        }
        return Answer.of(404, "{\"message\": \"Not Found\"}");
    }

    private static ObjectNode pull() {
        ObjectNode pull = JSON.createObjectNode().put("number", 7);
        pull.putObject("head").put("sha", HEAD);
        return pull;
    }

    /** What GitHub's description has against the requests that came. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        GitHubDescription.here().ifPresent(description -> {
            for (Request request : requests()) {
                description
                        .complaints(request.method(), request.address(), request.body())
                        .forEach(one -> complaints.add(request.method() + " " + request.address() + ": " + one));
                if (!String.valueOf(request.headers().get("Authorization")).startsWith("Bearer ")
                        || !request.headers().containsKey("User-Agent")
                        || !"2022-11-28".equals(request.headers().get("X-GitHub-Api-Version"))
                        || !"application/vnd.github+json"
                                .equals(request.headers().get("Accept"))) {
                    complaints.add(request.method() + " " + request.address() + ": a header is missing");
                }
            }
        });
        return complaints;
    }
}
