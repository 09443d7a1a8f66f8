package dev.plumbline.pipeline.annotate;

import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Series;
import dev.plumbline.store.Mark;
import dev.plumbline.store.RunStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Points that were judged bad by mistake, and are after all. */
final class FalseAlarmMarks {
    private FalseAlarmMarks() {}

    /** Points that were judged bad by mistake count again. */
    static void clear(RunStore store, Triage triage) {
        List<PointKey> points = new ArrayList<>();
        for (Triage.Subject subject : triage.subjects()) {
            store.series(subject.series()).ifPresent(series -> points.addAll(bad(series, subject.first())));
        }
        store.clearBad(
                points, falseAlarm(triage) + (triage.reason().isBlank() ? "" : ": " + triage.reason()), triage.at());
    }

    private static String falseAlarm(Triage triage) {
        return "false alarm, " + triage.id();
    }

    /** Points that were cleared for a false alarm are judged bad again, when it is none after all. */
    static void restore(RunStore store, Triage triage) {
        List<PointKey> points = new ArrayList<>();
        for (Triage.Subject subject : triage.subjects()) {
            List<String> runs = store.series(subject.series()).map(Series::points).orElse(List.of()).stream()
                    .map(point -> point.run().id())
                    .toList();
            Map<PointKey, Mark> latest = new LinkedHashMap<>();
            store.marks(runs).forEach(mark -> latest.put(mark.point(), mark));
            latest.values().stream()
                    .filter(mark -> !mark.bad()
                            && mark.reason().startsWith(falseAlarm(triage))
                            && mark.point().benchmark().equals(subject.series().benchmark())
                            && mark.point().metric().equals(subject.series().metric()))
                    .map(Mark::point)
                    .forEach(points::add);
        }
        if (!points.isEmpty()) {
            store.markBad(points, "not a false alarm, " + triage.id(), triage.at());
        }
    }

    /** The stretch of points judged bad that begins at or behind a commit. */
    private static List<PointKey> bad(Series series, String first) {
        List<PointKey> points = new ArrayList<>();
        boolean reached = false;
        for (Point point : series.points()) {
            reached |= point.run().header().revision().commit().equals(first);
            if (reached && point.judgedBad()) {
                points.add(new PointKey(
                        point.run().id(), series.key().benchmark(), series.key().metric()));
            } else if (!points.isEmpty()) {
                break;
            }
        }
        return points;
    }
}
