package io.murmuration.scaling;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides anew by what a journal recorded: an autoscaler is shown the metrics of then, told what was done then, and its
 * clock says what the clock said then. With the settings of the journal the decisions are those of the journal, as long
 * as no policy was added or removed while it ran, which a journal does not tell.
 */
public final class JournalReplay {
    private final Journal journal;
    private final PolicyFactory catalogue;
    private final SeriesForecast forecaster;

    public JournalReplay(Journal journal, PolicyFactory catalogue, SeriesForecast forecaster) {
        this.journal = journal;
        this.catalogue = catalogue;
        this.forecaster = forecaster;
    }

    /** A clock that says what was recorded. */
    private static final class RecordedClock implements InstantSource {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Decides with the settings of the journal. */
    public List<ReplayedTick> replay() {
        return replay(journal.settings());
    }

    /** Decides with other settings, by what was measured and done with those of the journal. */
    public List<ReplayedTick> replay(ScalingSettings settings) {
        RecordedClock clock = new RecordedClock();
        AutoScaler scaler = settings.autoScaler(catalogue, forecaster, clock);
        List<ReplayedTick> replayed = new ArrayList<>();
        for (JournalTick tick : journal.ticks()) {
            clock.now = tick.clock();
            replayed.add(new ReplayedTick(tick, scaler.evaluateScaling(tick.metrics())));
            scaler.settle(tick.decision(), tick.outcome());
        }
        return replayed;
    }
}
