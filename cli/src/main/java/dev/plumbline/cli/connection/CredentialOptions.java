package dev.plumbline.cli.connection;

import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The proof at a forge of who the server is. A secret comes from a file or a variable: others see arguments. */
final class CredentialOptions {
    private static final int LONGEST = 64 << 10;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token: of GitHub with commit statuses and pull requests (read and write) and"
                    + " contents (read); of GitLab with the role Developer and the scope api.")
    private Path tokenFile;

    @Option(
            names = "--token-variable",
            paramLabel = "NAME",
            description = "Environment variable with the token, in place of a file.")
    private String tokenVariable;

    @Option(names = "--app", paramLabel = "ID", description = "Id of an app of GitHub, in place of a token.")
    private String app;

    @Option(names = "--key-file", paramLabel = "FILE", description = "File with the private key of the app (PEM).")
    private Path keyFile;

    @Option(
            names = "--key-variable",
            paramLabel = "NAME",
            description = "Environment variable with the private key of the app, in place of a file.")
    private String keyVariable;

    /** A token, or an app and its key. */
    record Given(Optional<String> token, Optional<String> app, Optional<String> key) {
        boolean isNothing() {
            return token.isEmpty() && app.isEmpty();
        }
    }

    /**
     * The credential that was given; nothing where none was.
     *
     * @throws WrongRequest if it is no whole one, or cannot be read
     */
    Given read(Terminal terminal) throws IOException {
        Optional<String> token = secret(terminal, "token", tokenFile, tokenVariable);
        Optional<String> key = secret(terminal, "key", keyFile, keyVariable);
        if (token.isPresent() && (app != null || key.isPresent())) {
            throw new WrongRequest("give a token, or an app with its key, and not both");
        }
        if ((app == null) != key.isEmpty()) {
            throw new WrongRequest("an app needs --app ID and its private key, with --key-file or --key-variable");
        }
        return new Given(token, Optional.ofNullable(app), key);
    }

    private static Optional<String> secret(Terminal terminal, String name, Path file, String variable)
            throws IOException {
        if (file != null && variable != null) {
            throw new WrongRequest("give --" + name + "-file or --" + name + "-variable, and not both");
        }
        if (file != null) {
            return Optional.of(present(ofFile(terminal.directory().resolve(file), file), file.toString()));
        }
        if (variable == null) {
            return Optional.empty();
        }
        String value = terminal.variables().get(variable);
        if (value == null) {
            throw new WrongRequest("the variable " + TerminalText.escape(variable) + " is not set");
        }
        return Optional.of(present(value, "the variable " + variable));
    }

    private static String ofFile(Path file, Path shown) throws WrongRequest {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new WrongRequest(shown + ": a token or a key has no more than " + (LONGEST >> 10) + " KiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new WrongRequest(shown + ": there is no such file", e);
        } catch (WrongRequest e) {
            throw e;
        } catch (IOException e) {
            throw new WrongRequest(shown + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static String present(String text, String place) throws WrongRequest {
        if (text.isBlank()) {
            throw new WrongRequest(TerminalText.escape(place) + " is empty");
        }
        return text.strip();
    }
}
