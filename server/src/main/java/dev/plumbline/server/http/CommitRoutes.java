package dev.plumbline.server.http;

import dev.plumbline.server.command.CommitExchange;
import dev.plumbline.server.command.MalformedPacket;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Commits of the repositories that a project's results come from, with the names of their files. */
public final class CommitRoutes implements Routes {
    /** The commits of a large repository, with the trees of its newest ones. */
    private static final long MOST_BYTES = 512L << 20;

    private final Services services;
    private final Access access;

    public CommitRoutes(Services services) {
        this.services = services;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(PROJECT + "/repository/known", this::known);
        routes.post(PROJECT + "/repository/packs", this::add);
    }

    private CommitExchange exchange(Context context) {
        Project project = access.memberOf(context);
        return new CommitExchange(services.histories().commits(project));
    }

    private void known(Context context) throws IOException {
        CommitExchange exchange = exchange(context);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            exchange.answer(Bodies.of(context), answer);
        } catch (MalformedPacket e) {
            throw refused(e);
        }
        context.contentType("application/json").result(answer.toByteArray());
    }

    private void add(Context context) throws IOException {
        CommitExchange exchange = exchange(context);
        try {
            exchange.add(Bodies.of(context), MOST_BYTES);
        } catch (MalformedPacket e) {
            throw refused(e);
        }
        context.status(204);
    }

    /** The problem with a body. */
    static Problem refused(MalformedPacket e) {
        return Problem.of(e.isTooLarge() ? Problem.Kind.TOO_LARGE : Problem.Kind.INVALID, "the body " + e.getMessage());
    }
}
