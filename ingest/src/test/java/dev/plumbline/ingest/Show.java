package dev.plumbline.ingest;

import java.nio.file.Path;

/** Prints what files give: {@code java … dev.plumbline.ingest.Show FILE…}. */
final class Show {
    private Show() {}

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            try {
                Gathered all = Gathered.of(Path.of(file));
                System.out.println(file + ": " + all.format().id() + ", "
                        + all.runs().size() + " runs, " + all.measurements().size() + " measurements, "
                        + all.problems().size() + " problems");
                all.runs().stream().limit(2).forEach(run -> {
                    System.out.println("  " + run.header());
                    run.measurements().stream().limit(6).forEach(m -> {
                        String text = m.sample().toString();
                        System.out.println("    " + m.benchmark().label() + " | "
                                + m.metric().name() + " ["
                                + m.metric().unit().symbol() + "] " + m.metric().better() + " "
                                + m.sample().location()
                                + " " + text.substring(0, Math.min(text.length(), 160)));
                    });
                });
                all.problems().stream().limit(5).forEach(problem -> System.out.println("  ! " + problem));
            } catch (java.io.IOException e) {
                System.out.println("REFUSED " + e.getMessage());
            }
        }
    }
}
