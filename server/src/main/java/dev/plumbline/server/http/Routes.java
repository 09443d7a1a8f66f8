package dev.plumbline.server.http;

import io.javalin.config.RoutesConfig;

/** Some of the addresses that are answered. */
public interface Routes {
    /** The prefix of the interface for programs. */
    String API = "/api/v1";

    /** The prefix of a project. */
    String PROJECT = API + "/projects/{organisation}/{project}";

    void addTo(RoutesConfig routes);
}
