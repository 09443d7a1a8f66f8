package dev.plumbline.pipeline;

/** The program's own version. */
public final class Version {
    /** As written in the build's manifest; {@code development} when run from classes. */
    public static final String TEXT = text();

    private Version() {}

    private static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
