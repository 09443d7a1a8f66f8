package dev.plumbline.server.page;

import java.net.URI;

/** The instructions that connect a repository with a project. */
public final class FirstSteps {
    private FirstSteps() {}

    /** The lines for {@code plumbline.yaml}. */
    static String configuration(URI server, Tabs tabs) {
        return "server: " + server + "\nproject: " + tabs.path() + "\n";
    }

    /** The lines for a job that has the token as a secret. */
    static String job() {
        return "export PLUMBLINE_TOKEN=…   # a secret of the CI service\nplumb check build/jmh-result.json\n";
    }

    /** The page of a project without results. */
    public static String write(Layout layout, Tabs tabs, URI server) {
        return layout.page(tabs.path(), tabs, html -> {
            html.element("h1", "No results yet");
            html.element("p", "Three steps to the first verdict:");
            html.element("ol", () -> {
                html.element("li", () -> {
                    html.element("p", () -> {
                        if (tabs.isOwner()) {
                            html.text("Create a token in the ")
                                    .element("a", "settings", "href", tabs.address("settings"))
                                    .text(", with the role recorder, and store it as a secret of your CI service.");
                        } else {
                            html.text("Ask an owner of the project for a token with the role recorder, and store it"
                                    + " as a secret of your CI service.");
                        }
                    });
                });
                html.element("li", () -> {
                    html.element("p", () -> html.text("Put these lines into ")
                            .element("code", "plumbline.yaml")
                            .text(" at the root of the repository:"));
                    html.element("pre", configuration(server, tabs), "tabindex", "0");
                });
                html.element("li", () -> {
                    html.element("p", "Check each result in CI, after the benchmarks:");
                    html.element("pre", job(), "tabindex", "0");
                    html.element(
                            "p",
                            "Results of JMH, pytest-benchmark, Google Benchmark, Go, Criterion, k6 and others"
                                    + " are read as they"
                                    + " are.",
                            "class",
                            "hint");
                });
            });
        });
    }
}
