package dev.plumbline.server.page;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.HtmlText;

/**
 * The pages of a project.
 *
 * @param isOwner whether the settings are theirs to change
 * @param current the current tab
 */
public record Tabs(String organisation, String project, boolean isOwner, Tab current) {
    public Tabs {
        requireNonNull(organisation, "organisation");
        requireNonNull(project, "project");
        requireNonNull(current, "current");
    }

    /** One of the pages. */
    public enum Tab {
        DASHBOARD("Dashboard", ""),
        INCIDENTS("Incidents", "incidents"),
        CHECKS("Checks", "checks"),
        BENCHMARKS("Benchmarks", "benchmarks"),
        SETTINGS("Settings", "settings");

        private final String title;
        private final String path;

        Tab(String title, String path) {
            this.title = title;
            this.path = path;
        }
    }

    /** Its name with the organisation's. */
    String path() {
        return organisation + "/" + project;
    }

    /** The address of one of its pages. */
    String address(String page) {
        return "/p/" + path() + "/" + page;
    }

    void write(HtmlText html) {
        html.element(
                "nav",
                () -> html.element("ul", () -> {
                    for (Tab tab : Tab.values()) {
                        if (tab != Tab.SETTINGS || isOwner) {
                            html.element("li", () -> link(tab, html));
                        }
                    }
                }),
                "aria-label",
                "Project");
    }

    private void link(Tab tab, HtmlText html) {
        html.element("a", tab.title, "href", address(tab.path), "aria-current", tab == current ? "page" : null);
    }

    /** The same pages above a page that brings its own style and script; see {@link ReportFile}. */
    void writeBar(HtmlText html) {
        html.element("a", "All projects", "href", "/");
        html.element("strong", path());
        for (Tab tab : Tab.values()) {
            if (tab != Tab.SETTINGS || isOwner) {
                link(tab, html);
            }
        }
    }
}
