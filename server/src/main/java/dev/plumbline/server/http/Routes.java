package dev.plumbline.server.http;

import io.javalin.config.RoutesConfig;

/** A group of routes. */
public interface Routes {
    /** The prefix of the interface for programs. */
    String API = "/api/v1";

    /** The prefix of a project. */
    String PROJECT = API + "/projects/{organisation}/{project}";

    void addTo(RoutesConfig routes);
}
