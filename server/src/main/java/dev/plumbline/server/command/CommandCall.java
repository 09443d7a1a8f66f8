package dev.plumbline.server.command;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import dev.plumbline.pipeline.repository.Checkout;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A command line to run on another machine, with its inputs. The files that it reads go with it.
 *
 * @param key names the call; a call that is sent again has the same
 * @param time when it was typed
 * @param arguments as on the command line, without {@code plumb}
 * @param variables those environment variables of {@link #VARIABLES} that are set
 * @param width columns of the terminal
 * @param outIsTerminal whether a person sees the answer as it is written
 * @param directory the working directory, from the root of the file system on, with slashes
 * @param root the folder of the repository around it, written so too; empty outside of one
 * @param isShort whether the process works in the working directory, so that messages name files from there on
 * @param wantsReport whether the report of a check or a comparison is wanted as JSON beside the answer, to be published
 * @param environment of the machine
 * @param checkout what git knows; empty where it knows nothing
 */
public record CommandCall(
        String key,
        Instant time,
        List<String> arguments,
        Map<String, String> variables,
        int width,
        boolean outIsTerminal,
        String directory,
        Optional<String> root,
        boolean isShort,
        boolean wantsReport,
        Environment environment,
        Optional<Checkout> checkout) {
    /** The environment variables that a command on another machine may know: none of them is a secret. */
    public static final Set<String> VARIABLES = Set.of(
            "NO_COLOR",
            "TERM",
            "GITHUB_ACTIONS",
            "GITHUB_SHA",
            "GITHUB_HEAD_REF",
            "GITHUB_REF_NAME",
            "GITHUB_BASE_REF",
            "GITHUB_SERVER_URL",
            "GITHUB_REPOSITORY",
            "GITHUB_RUN_ID",
            "GITLAB_CI",
            "CI_COMMIT_SHA",
            "CI_COMMIT_REF_NAME",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
            "CI_PROJECT_PATH",
            "CI_PROJECT_URL",
            "CI_JOB_URL",
            "JENKINS_URL",
            "GIT_COMMIT",
            "GIT_BRANCH",
            "BRANCH_NAME",
            "CHANGE_BRANCH",
            "CHANGE_TARGET",
            "BUILDKITE",
            "BUILDKITE_COMMIT",
            "BUILDKITE_BRANCH",
            "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
            "CIRCLECI",
            "CIRCLE_SHA1",
            "CIRCLE_BRANCH",
            "BITBUCKET_BUILD_NUMBER",
            "BITBUCKET_COMMIT",
            "BITBUCKET_BRANCH",
            "BITBUCKET_PR_DESTINATION_BRANCH",
            "TF_BUILD",
            "SYSTEM_PULLREQUEST_SOURCECOMMITID",
            "SYSTEM_PULLREQUEST_SOURCEBRANCH",
            "SYSTEM_PULLREQUEST_TARGETBRANCH",
            "BUILD_SOURCEVERSION",
            "BUILD_SOURCEBRANCH");

    /** The name of the file that has what came from standard input, beside {@link Packet#FILES}. */
    static final String STANDARD_INPUT = "stdin";

    private static final String DOCUMENT = "call.json";
    private static final int VERSION = 1;
    private static final int MOST_ARGUMENTS = 10_000;
    private static final int WIDEST = 1_000;

    public CommandCall {
        requireNonNull(key, "key");
        requireNonNull(time, "time");
        arguments = List.copyOf(arguments);
        Map<String, String> known = new HashMap<>(variables);
        known.keySet().retainAll(VARIABLES);
        variables = Map.copyOf(known);
        requireNonNull(directory, "directory");
        requireNonNull(root, "root");
        requireNonNull(environment, "environment");
        requireNonNull(checkout, "checkout");
        if (!key.matches("[A-Za-z0-9-]{8,64}")) {
            throw new IllegalArgumentException("a call's key must have 8 to 64 letters, digits and dashes");
        }
        if (arguments.isEmpty() || arguments.size() > MOST_ARGUMENTS) {
            throw new IllegalArgumentException("a call must have 1 to " + MOST_ARGUMENTS + " arguments");
        }
        if (width < 1 || width > WIDEST) {
            throw new IllegalArgumentException("a terminal must have 1 to " + WIDEST + " columns");
        }
    }

    /**
     * Writes the call; the stream stays open.
     *
     * @param files what goes with it, by names from the root of the file system on, with slashes
     * @param folders that are there, named so too
     * @param standardInput what comes from there, if it is read
     */
    public void write(
            OutputStream out, SortedMap<String, Path> files, SortedSet<String> folders, Optional<Path> standardInput)
            throws IOException {
        try (Packet packet = new Packet(out)) {
            packet.json(DOCUMENT, this::writeTo);
            for (String folder : folders) {
                packet.folder(Packet.FILES + "/" + folder);
            }
            for (Map.Entry<String, Path> file : files.entrySet()) {
                packet.file(Packet.FILES + "/" + file.getKey(), file.getValue());
            }
            if (standardInput.isPresent()) {
                packet.file(STANDARD_INPUT, standardInput.get());
            }
        }
    }

    private void writeTo(JsonText json) {
        json.object(() -> {
            json.text("schema", "plumbline-call/" + VERSION);
            json.text("key", key);
            json.text("time", time.toString());
            json.array("arguments", arguments, json::text);
            json.strings("variables", new TreeMap<>(variables));
            json.integer("width", width);
            json.truth("outIsTerminal", outIsTerminal);
            json.text("directory", directory);
            json.text("root", root);
            json.truth("isShort", isShort);
            json.truth("wantsReport", wantsReport);
            json.strings("environment", environment.facts());
            checkout.ifPresent(one -> json.object("checkout", () -> {
                json.text("head", one.head());
                json.strings("references", new TreeMap<>(one.references()));
                json.text("mainOfOrigin", one.mainOfOrigin());
                json.array("shallow", one.shallow(), json::text);
                json.text("remote", one.remote());
                json.truth("isDirty", one.isDirty());
            }));
        });
    }

    /**
     * Reads a call and unpacks its files.
     *
     * @param folder an empty folder, which gets them in a folder {@code files}
     * @param mostBytes of everything, unpacked
     * @throws MalformedPacket if it is no call, or too large
     */
    static CommandCall read(InputStream in, Path folder, long mostBytes) throws IOException {
        JsonValue json = Packet.unpack(in, DOCUMENT, Set.of(STANDARD_INPUT), folder, mostBytes);
        String schema = text(json, "schema");
        if (!schema.equals("plumbline-call/" + VERSION)) {
            throw new MalformedPacket("uses a format that this server does not know; update the server");
        }
        try {
            Optional<String> root = json.get("root").text();
            checkFolder(text(json, "directory"));
            if (root.isPresent()) {
                checkFolder(root.get());
            }
            return new CommandCall(
                    text(json, "key"),
                    Instant.parse(text(json, "time")),
                    texts(json.get("arguments")),
                    strings(json.get("variables")),
                    (int) json.get("width").number().orElse(80),
                    json.get("outIsTerminal").isTrue(),
                    text(json, "directory"),
                    root,
                    json.get("isShort").isTrue(),
                    json.get("wantsReport").isTrue(),
                    Environment.of(strings(json.get("environment"))),
                    checkout(json.get("checkout")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedPacket(e.getMessage());
        }
    }

    private static void checkFolder(String name) throws MalformedPacket {
        if (!name.isEmpty()) {
            Packet.checkName(name);
        }
    }

    private static Optional<Checkout> checkout(JsonValue json) throws MalformedPacket {
        return json.isNothing()
                ? Optional.empty()
                : Optional.of(new Checkout(
                        text(json, "head"),
                        strings(json.get("references")),
                        json.get("mainOfOrigin").text(),
                        texts(json.get("shallow")),
                        json.get("remote").text(),
                        json.get("isDirty").isTrue()));
    }

    private static String text(JsonValue json, String name) throws MalformedPacket {
        return json.get(name)
                .text()
                .orElseThrow(() -> new MalformedPacket("has no text \"" + name + "\" in its document"));
    }

    private static List<String> texts(JsonValue json) throws MalformedPacket {
        List<String> all = new ArrayList<>();
        for (JsonValue one : json.elements()) {
            all.add(one.text().orElseThrow(() -> new MalformedPacket("has a list with entries that are not texts")));
        }
        return all;
    }

    private static Map<String, String> strings(JsonValue json) throws MalformedPacket {
        Map<String, String> all = new HashMap<>();
        for (Map.Entry<String, JsonValue> one : json.members().entrySet()) {
            all.put(
                    one.getKey(),
                    one.getValue().text().orElseThrow(() -> new MalformedPacket("has a value that is not a text")));
        }
        return all;
    }
}
