package dev.plumbline.measure;

import dev.plumbline.core.model.Run;
import java.util.List;

/** Stores executions persistently, so that measuring can be resumed. */
public interface Journal {
    /** Stores nothing. */
    Journal NONE = new Journal() {
        @Override
        public List<List<Run>> earlier(String subject) {
            return List.of();
        }

        @Override
        public void executed(String subject, List<Run> runs) {
            // forgotten
        }
    };

    /** The runs of earlier executions of a subject, oldest first. */
    List<List<Run>> earlier(String subject);

    /** One more execution of a subject, which brought these runs. */
    void executed(String subject, List<Run> runs);
}
