package dev.plumbline.server.http;

import io.javalin.config.RoutesConfig;

/** Some of the addresses that are answered. */
public interface Routes {
    /** Where all of the interface for programs begins. */
    String API = "/api/v1";

    /** Where all of a project begins. */
    String PROJECT = API + "/projects/{organisation}/{project}";

    void addTo(RoutesConfig routes);
}
