package dev.plumbline.core.finding;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.role.Roles;

/** The policy of each series. A {@link Policy} by itself is the same for all. */
public interface Policies {
    /**
     * The policy of one series.
     *
     * @param unit the unit of its values
     */
    Policy of(SeriesKey key, Unit unit);

    /**
     * The policy of the suite as a whole: confidence and error rate, and all settings that are not set for a series.
     */
    Policy general();

    /** The roles of metrics: judged or not, and able to fail the gate or not. */
    default Roles roles() {
        return Roles.ALL_PRIMARY;
    }

    /**
     * The same with a share of the suite's error rate, for one of several questions that are asked of a suite.
     *
     * @param share above 0, at most 1
     */
    default Policies spending(double share) {
        Policies whole = this;
        return new Policies() {
            @Override
            public Policy of(SeriesKey key, Unit unit) {
                return whole.of(key, unit).spending(share);
            }

            @Override
            public Policy general() {
                return whole.general().spending(share);
            }

            @Override
            public Roles roles() {
                return whole.roles();
            }
        };
    }
}
