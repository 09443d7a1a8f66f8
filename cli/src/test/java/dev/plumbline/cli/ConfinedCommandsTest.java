package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.cli.option.Terminal;
import dev.plumbline.core.model.Environment;
import dev.plumbline.pipeline.repository.Checkout;
import dev.plumbline.pipeline.repository.CommitStore;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.command.CommandAnswer;
import dev.plumbline.server.command.CommandCall;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.CommandRefused;
import dev.plumbline.server.command.CommandRights;
import dev.plumbline.server.command.MalformedPacket;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.command.WorkingCopy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command that runs for somebody else reads and writes nothing but what was sent, and does nothing it may not. */
class ConfinedCommandsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String SECRET = "kept_secret_benchmark";
    private static final String RESULTS = "benchmark,metric,unit,better,value\nsort,time,ms,lower,10\n";
    private static final long MOST_BYTES = 10 << 20;

    @TempDir
    private Path folder;

    private Path secret;
    private Path scratch;

    @BeforeEach
    void keep_a_secret() throws IOException {
        folder = folder.toRealPath();
        scratch = Files.createDirectory(folder.resolve("scratch"));
        secret = Files.createDirectory(folder.resolve("secret"));
        Files.writeString(secret.resolve("run.csv"), RESULTS.replace("sort", SECRET));
        Files.writeString(secret.resolve("plumbline.yaml"), SECRET + ": 1\n");
        Files.writeString(secret.resolve("arguments"), SECRET + "\n");
        Files.writeString(secret.resolve("registry.json"), "{\"schema\": \"" + SECRET + "\"}\n");
    }

    private static CommandCall call(String... arguments) {
        return call(List.of(arguments), Optional.empty());
    }

    private static CommandCall call(List<String> arguments, Optional<Checkout> checkout) {
        return new CommandCall(
                "key-of-this-call",
                NOW,
                arguments,
                Map.of("PGPASSWORD", SECRET),
                80,
                false,
                "srv/ann/work",
                Optional.of("srv/ann/work"),
                true,
                true,
                Environment.of(Map.of("os", "linux")),
                checkout);
    }

    private CommandAnswer run(CommandCall call, Map<String, String> files, Right... rights)
            throws IOException, CommandRefused {
        SortedMap<String, Path> sent = new TreeMap<>();
        Path kept = Files.createTempDirectory(folder, "sent");
        for (Map.Entry<String, String> file : files.entrySet()) {
            sent.put(
                    "srv/ann/work/" + file.getKey(),
                    Files.writeString(kept.resolve(Integer.toString(sent.size())), file.getValue()));
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        call.write(packet, sent, new TreeSet<>(), Optional.empty());
        return run(packet.toByteArray(), rights);
    }

    private CommandAnswer run(byte[] packet, Right... rights) throws IOException, CommandRefused {
        try (CommandExecution execution = CommandExecution.run(
                new ByteArrayInputStream(packet),
                new CommandExecution.Member("ann", rights.length == 0 ? EnumSet.allOf(Right.class) : Set.of(rights)),
                new CommandExecution.Project(
                        new StoreLocation.InFile(folder.resolve("history.db")),
                        new CommitStore(folder.resolve("commits")),
                        new WorkingCopy(folder.resolve("copy"))),
                new CommandExecution.Settings(
                        Plumb::answer, scratch, Clock.fixed(NOW, ZoneOffset.UTC), MOST_BYTES, Optional.empty()))) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            execution.writeTo(answer);
            return CommandAnswer.read(
                    new ByteArrayInputStream(answer.toByteArray()),
                    Files.createTempDirectory(folder, "answer"),
                    MOST_BYTES);
        }
    }

    private static String words(CommandAnswer answer) throws IOException {
        StringBuilder all = new StringBuilder(Files.readString(answer.out()) + Files.readString(answer.err()));
        for (Path file : answer.files().values()) {
            all.append(Files.readString(file));
        }
        return all.toString();
    }

    /** Everything outside of what tests write, with its content. */
    private Map<String, String> around() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.startsWith("sent") && !name.startsWith("answer") && !name.startsWith("history.db")) {
                    all.put(name, Files.readString(file));
                }
            }
        }
        return all;
    }

    /** Every command that a server runs, with the way to it. */
    private static Map<String, CommandLine> commands() {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                Path.of(""),
                Map.of(),
                Clock.systemUTC(),
                false,
                false,
                80);
        Map<String, CommandLine> found = new TreeMap<>();
        Plumb.commandLine(terminal, "@").getSubcommands().forEach((name, line) -> {
            found.put(name, line);
            line.getSubcommands().forEach((below, inner) -> found.put(name + " " + below, inner));
        });
        found.keySet()
                .removeIf(name -> CommandRights.of(List.of(name.split(" "))).isEmpty());
        return found;
    }

    @Test
    void no_argument_of_any_command_leads_out_of_what_was_sent() throws Exception {
        Map<String, String> files = Map.of("run.csv", RESULTS, "plumbline.yaml", "policy:\n  margin: 2 %\n");
        assertThat(run(call("record", "run.csv"), files).exitCode()).isZero();
        Map<String, String> before = around();
        String up = "../".repeat(30);
        String absolute = secret.toString();
        List<String> ways = List.of(
                absolute + "/run.csv",
                up + absolute.substring(1) + "/new.json",
                "run.csv/../" + up + absolute.substring(1) + "/**/*.csv");
        int tried = 0;
        for (Map.Entry<String, CommandLine> command : commands().entrySet()) {
            for (ArgSpec argument : command.getValue().getCommandSpec().args()) {
                if (Stream.of(
                                argument.typeInfo().isMultiValue()
                                        ? argument.auxiliaryTypes()[0]
                                        : argument.typeInfo().getType())
                        .noneMatch(type -> type == String.class || type == Path.class)) {
                    continue; // numbers, dates and words of a list are no names of files
                }
                for (String way : ways) {
                    List<String> arguments = arguments(command.getKey(), command.getValue(), argument, way);
                    try {
                        String answer = words(run(call(arguments, Optional.empty()), files));
                        assertThat(answer).as(arguments.toString()).doesNotContain(SECRET, "internal error");
                    } catch (CommandRefused refused) {
                        assertThat(refused.getMessage()).contains("does not accept the option --");
                    }
                    tried++;
                }
            }
            assertThat(around()).as(command.getKey()).isEqualTo(before);
        }
        for (String file : List.of(absolute + "/plumbline.yaml", up + absolute.substring(1) + "/plumbline.yaml")) {
            assertThat(words(run(call("history", "--config", file), files))).doesNotContain(SECRET);
        }
        assertThat(tried).isGreaterThan(300);
    }

    /** A command line with a value for one argument, and something for all others that it needs. */
    private static List<String> arguments(String name, CommandLine command, ArgSpec argument, String value) {
        List<String> arguments = new ArrayList<>(List.of(name.split(" ")));
        for (ArgSpec other : command.getCommandSpec().args()) {
            if (!other.equals(argument) && other.required()) {
                if (other instanceof OptionSpec option) {
                    arguments.add(option.longestName());
                }
                arguments.add(other.paramLabel().contains("RESULT") ? "run.csv" : "sort");
            }
        }
        if (argument instanceof OptionSpec option) {
            arguments.add(option.longestName());
        }
        arguments.add(value);
        return arguments;
    }

    @ParameterizedTest
    @CsvSource({
        "record notes.txt, notes.txt",
        "record ./notes.txt, ./notes.txt",
        "record ../work/notes.txt, ../work/notes.txt",
        "record /srv/ann/work/notes.txt, /srv/ann/work/notes.txt",
        "record none.csv, none.csv",
        "calibrate notes.txt, /srv/ann/work/notes.txt",
        "report --config none.yaml, /srv/ann/work/none.yaml",
        "report --config /none.yaml, /none.yaml"
    })
    void files_are_called_what_they_are_called_there(String line, String name) throws Exception {
        Map<String, String> files = Map.of("notes.txt", "no results\n");

        CommandAnswer answer = run(call(line.split(" ")), files);

        assertThat(Files.readString(answer.err()))
                .startsWith("plumb: " + name + ": ")
                .doesNotContain("scratch");
    }

    @Test
    void arguments_are_not_read_from_files() throws Exception {
        for (String file : List.of(secret.resolve("arguments").toString(), "../../../../secret/arguments")) {
            assertThat(words(run(call("history", "@" + file), Map.of()))).doesNotContain(SECRET);
        }
        assertThat(words(run(call("history", "@arguments"), Map.of("arguments", "--wrong"))))
                .doesNotContain("--wrong");
    }

    @Test
    void the_configuration_leads_nowhere_either() throws Exception {
        String[] hostile = {
            "store: ../../../../secret/stolen.db",
            "store: postgresql://ann@127.0.0.1:1/perf",
            "server: https://elsewhere.example.com",
            "baseline:\n  use: " + secret,
            "baseline:\n  use: ../../../../../secret",
            "gate:\n  confirm: 'touch " + secret.resolve("touched") + "'"
        };
        Map<String, String> before = around();
        for (String text : hostile) {
            CommandAnswer answer =
                    run(call("check", "run.csv"), Map.of("run.csv", RESULTS, "plumbline.yaml", text + "\n"));
            assertThat(words(answer)).as(text).doesNotContain(SECRET, "internal error", "127.0.0.1");
            assertThat(around()).as(text).isEqualTo(before);
        }
        assertThat(words(run(call("history"), Map.of()))).contains("sort");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check run.csv --store x.db",
                "check run.csv --store=x.db",
                "check run.csv --publish github",
                "check run.csv --publish=slack",
                "compare run.csv run.csv --publish-name=x",
                "run sort",
                "run",
                "pr",
                "init",
                "bisect",
                "doctor",
                "demo",
                "publish report.json",
                "store copy a b",
                "config",
                "completion",
                "login --token-stdin",
                "sync",
                "triage",
                "triage -h list",
                "baseline",
                "help",
                "--help",
                "--version",
                "-- check run.csv"
            })
    void what_a_server_does_not_run_is_refused(String line) {
        assertThatThrownBy(() -> run(call(line.split(" ")), Map.of("run.csv", RESULTS)))
                .isInstanceOf(CommandRefused.class);
    }

    @Test
    void a_command_of_the_caller_is_not_run() throws Exception {
        CommandAnswer answer = run(
                call("check", "run.csv", "--confirm", "touch " + secret.resolve("touched")),
                Map.of("run.csv", RESULTS));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(words(answer)).contains("does not accept the option --confirm");
        assertThat(secret.resolve("touched")).doesNotExist();
    }

    @Test
    void every_command_needs_its_right() throws Exception {
        Map<String, String> files = Map.of("run.csv", RESULTS);
        assertThatThrownBy(() -> run(call("record", "run.csv"), files, Right.READ))
                .isInstanceOf(CommandRefused.class)
                .hasMessage("plumb record needs the right to record in this project, which ann does not have");
        run(call("record", "run.csv"), files, Right.RECORD);
        for (String line : List.of(
                "accept sort --reason x",
                "accept sort --reason x -- --list",
                "accept --list --revoke abc",
                "triage mute sort --until 2030-01-01 --reason x",
                "baseline establish",
                "baseline reset",
                "series rename sort other",
                "threshold tune")) {
            assertThatThrownBy(() -> run(call(line.split(" ")), files, Right.READ, Right.RECORD))
                    .as(line)
                    .isInstanceOf(CommandRefused.class)
                    .hasMessageContaining("needs the right to decide");
        }
        assertThatThrownBy(() -> run(call("prune", "--yes"), files, Right.READ, Right.RECORD, Right.DECIDE))
                .isInstanceOf(CommandRefused.class)
                .hasMessageContaining("needs the right to administer");
        assertThat(run(call("accept", "--list"), files, Right.READ).exitCode()).isZero();
        assertThat(run(call("history"), files, Right.READ).exitCode()).isZero();
    }

    @Test
    void the_author_is_the_account() throws Exception {
        run(call("record", "run.csv"), Map.of("run.csv", RESULTS));

        CommandAnswer claimed = run(call("baseline", "establish", "--force", "--by", "mallory"), Map.of());
        assertThat(words(claimed)).contains("--by: the server records the name of your account, ann");
        assertThat(run(call("baseline", "establish", "--force", "--by", "ann"), Map.of())
                        .exitCode())
                .isZero();
        assertThat(words(run(call("baseline", "versions", "--json"), Map.of())))
                .contains("\"ann\"")
                .doesNotContain("mallory");
    }

    private static byte[] zip(Map<String, String> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String document(String... arguments) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        call(arguments).write(packet, new TreeMap<>(), new TreeSet<>(), Optional.empty());
        try (var zip = new java.util.zip.ZipInputStream(new ByteArrayInputStream(packet.toByteArray()))) {
            zip.getNextEntry();
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/cron.d/x",
                "files//etc/x",
                "files/../../x",
                "files/a/../../../x",
                "files/./x",
                "files/a\\b",
                "files/a\u0000b",
                "files/a\nb",
                "files/",
                "files",
                "stdout",
                "call.json",
                "report",
                "files/srv/ann/work/.git/config",
                "files/srv/ann/work/.GIT/hooks/x",
                "files/srv/ann/HEAD"
            })
    void a_name_that_leads_elsewhere_is_no_call(String name) throws IOException {
        Map<String, String> before = around();
        Map<String, String> entries = new java.util.LinkedHashMap<>();
        entries.put("call.json", document("history"));
        entries.put(name, "x");
        byte[] packet = name.equals("call.json")
                ? twice(zip(Map.of("call.json", document("history"), "call.jsoN", "x")))
                : zip(entries);

        assertThatThrownBy(() -> run(packet)).as(name).isInstanceOf(MalformedPacket.class);
        assertThat(around()).isEqualTo(before);
        assertThat(scratch).isEmptyDirectory();
    }

    /** Gives the entry {@code call.jsoN} the name of the other one. */
    private static byte[] twice(byte[] zip) {
        String text = new String(zip, StandardCharsets.ISO_8859_1).replace("call.jsoN", "call.json");
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] half(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    @Test
    void what_is_no_call_is_malformed() throws Exception {
        String document = document("history");
        List<byte[]> wrong = List.of(
                new byte[0],
                "not a zip".getBytes(StandardCharsets.UTF_8),
                zip(Map.of("files/x", "x")),
                zip(Map.of("call.json", "{")),
                zip(Map.of("call.json", "[]")),
                zip(Map.of("call.json", "[".repeat(100_000))),
                zip(Map.of("call.json", document.replace("plumbline-call/1", "plumbline-call/9"))),
                zip(Map.of("call.json", document.replace("[\"history\"]", "[]"))),
                zip(Map.of("call.json", document.replace("[\"history\"]", "[1]"))),
                zip(Map.of("call.json", document.replace("\"width\":80", "\"width\":100000000"))),
                zip(Map.of("call.json", document.replace("srv/ann/work", "../../etc"))),
                zip(Map.of("call.json", document.replace("srv/ann/work", "/etc"))),
                zip(Map.of("call.json", document.replace("2026-01-31T12:00:00Z", "yesterday"))),
                half(zip(Map.of("call.json", document))));
        for (int i = 0; i < wrong.size(); i++) {
            byte[] packet = wrong.get(i);
            assertThatThrownBy(() -> run(packet)).as("case " + i).isInstanceOf(MalformedPacket.class);
        }
        assertThat(scratch).isEmptyDirectory();
        assertThat(run(zip(Map.of("call.json", document.replace("{\"schema\"", "{\"newer\":[1,{}],\"schema\""))))
                        .exitCode())
                .as("members that nobody knows yet")
                .isEqualTo(2);
    }

    @Test
    void a_bomb_is_too_large() throws IOException {
        Map<String, String> entries = new java.util.LinkedHashMap<>();
        entries.put("call.json", document("history"));
        entries.put("files/bomb", "0".repeat((int) MOST_BYTES + 1));
        byte[] large = zip(entries);

        assertThat(large.length).isLessThan(100_000);
        assertThatThrownBy(() -> run(large))
                .isInstanceOfSatisfying(
                        MalformedPacket.class, e -> assertThat(e.isTooLarge()).isTrue());
        assertThat(scratch).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refs/heads/../../../x",
                "refs/heads/a\nb",
                "refs/heads/-x/..",
                "refs/heads/.x",
                "refs/heads/x.lock",
                "refs/other/x",
                "refs/heads",
                "--upload-pack=x",
                "HEAD"
            })
    void a_reference_that_git_would_not_make_is_refused(String name) {
        assertThatThrownBy(() -> new Checkout(
                        "0".repeat(40),
                        Map.of(name, "0".repeat(40)),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkout(name, Map.of(), Optional.empty(), List.of(), Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_folder_for_commands_inside_a_repository_is_an_error() throws IOException {
        Files.createDirectory(folder.resolve(".git"));

        assertThatThrownBy(() -> run(call("history"), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lies in the repository");
        assertThat(scratch).isEmptyDirectory();
    }
}
