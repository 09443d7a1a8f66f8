package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.OutputFile;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.format.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A file as it came. */
@CommandLine.Command(
        name = "get",
        description = "Download a result file as it was sent, and check that it is the same to the byte.",
        footer = {"", "Example: plumb originals get 9b1c03d2f4aa -o jmh-result.json"})
final class OriginalsGetCommand extends Command {
    @Parameters(paramLabel = "DIGEST", description = "The digest that plumb originals list shows, or its first digits.")
    private String digest;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "File to write; one that exists stays as it is, and this is an error.")
    private Path output;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private ServerOptions serverOptions = new ServerOptions();

    @Override
    public Integer call() throws IOException {
        if (Files.isRegularFile(terminal().directory().resolve(output))) {
            throw new WrongRequest(output + " exists; name another file");
        }
        ServerConnection connection = serverOptions.connection(terminal());
        String whole = new ServerLists(connection).only("originals", "digest", "file", digest);
        OutputFile.write(output, terminal(), out -> download(connection, whole, out));
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> {
                        out.text("schema", "plumbline-original/1");
                        out.text("digest", whole);
                        out.text("file", output.toString());
                    }));
            terminal().out().flush();
        }
        return ExitCode.OPEN;
    }

    private static void download(ServerConnection connection, String whole, OutputStream out) throws IOException {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        DigestOutputStream digested = new DigestOutputStream(out, sha256);
        connection.download("originals/" + whole + "/content", digested);
        if (!HexFormat.of().formatHex(sha256.digest()).equals(whole)) {
            throw new IOException("the file that came has another digest than " + whole + ": it is damaged on the"
                    + " server or broke off; nothing was written");
        }
    }
}
