package dev.plumbline.server.http.project;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Bodies;
import dev.plumbline.server.http.Idempotency;
import dev.plumbline.server.http.ProjectCommands;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Command lines that were typed on other machines. */
public final class CommandRoutes implements Routes {
    /** The most bytes of a packet, packed and unpacked. */
    private static final long MOST_BYTES = 2L << 30;

    private final Services services;
    private final Access access;
    private final ProjectCommands commands;

    public CommandRoutes(Services services, ProjectCommands commands) {
        this.services = services;
        this.commands = commands;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(PROJECT + "/commands", new Idempotency(services).once(this::run));
    }

    private void run(Context context) throws IOException {
        Project project = access.memberOf(context);
        Identity identity = Authentication.identity(context);
        // received before a slot is taken, so that a slow client does not block others
        try (Scratch scratch = Scratch.in(services.histories().scratch())) {
            Path call = scratch.folder().resolve("call.zip");
            Bodies.receive(context, call, MOST_BYTES);
            commands.run(
                    identity,
                    project,
                    use -> {
                        try (InputStream in = Files.newInputStream(call)) {
                            return services.commands().run(identity, project, in, MOST_BYTES, use);
                        }
                    },
                    execution -> answer(context, execution));
        }
    }

    private static Void answer(Context context, CommandExecution execution) throws IOException {
        context.status(200).contentType("application/zip");
        try (OutputStream out = Idempotency.output(context)) {
            execution.writeTo(out);
        }
        return null;
    }
}
