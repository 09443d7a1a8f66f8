package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds a trust rule for CI jobs. */
@CommandLine.Command(
        name = "add",
        description = "Let CI jobs with these claims record to the project without a secret. Needs the right to"
                + " administer.",
        footer = {
            "",
            "Claims of GitHub: repository, ref, environment, repository_id; of GitLab: project_path, ref,",
            "ref_protected, environment, project_id. * is any text.",
            "",
            "Examples:",
            "  plumb trust add --issuer github --claim repository=acme/parser --account ann",
            "  plumb trust add --issuer gitlab --claim project_path=acme/parser --claim ref=main --account ann"
        })
final class TrustAddCommand extends Command {
    private static final Map<String, String> SERVICES =
            Map.of("github", "https://token.actions.githubusercontent.com", "gitlab", "https://gitlab.com");

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            required = true,
            description = "The CI service: github, gitlab, or the address that its tokens name as their issuer.")
    private String issuer;

    @Option(
            names = "--claim",
            paramLabel = "NAME=PATTERN",
            required = true,
            description = "A claim that the job's token must contain. May be repeated.")
    private Map<String, String> claims = new TreeMap<>();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "How long a token of a job is valid, 15 to 60. Default: 15")
    private Integer minutes;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private PersonOptions personOptions = new PersonOptions();

    @Override
    public Integer call() throws IOException {
        if (!personOptions.isPerson()) {
            throw new WrongRequest("no token makes a rule, only a person: give --account NAME; who signs in through an"
                    + " identity provider makes it on " + personOptions.page(terminal(), "settings"));
        }
        String body = JsonText.ascii(out -> out.object(() -> {
            out.text("issuer", SERVICES.getOrDefault(issuer, issuer));
            out.strings("claims", claims);
            if (minutes != null) {
                out.integer("minutes", minutes);
            }
        }));
        JsonValue added = personOptions.ask(terminal(), connection -> connection.post("trust-rules", body));
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> {
                        out.text("schema", "plumbline-trust/1");
                        out.object("added", () -> TrustListCommand.write(added, out));
                    }));
        } else {
            terminal()
                    .out()
                    .println(
                            "rule " + TerminalText.escape(added.get("id").text().orElse("")) + " added");
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
