package streamset.plan.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.plan.differences.Update;
import streamset.plan.reading.Declaration;

/** The steps in which servers get other conf files. */
record ConfSteps(Update update) {
    private static final String CHECK = "check"; // the purpose of its Job

    /** Only if pods exist that conf files could harm; otherwise the Job runs beside them. */
    List<Step> check() {
        return update.before().hasPods() && update.comparison().renews("Job", CHECK)
                ? List.of(Step.withoutPause("a separate server checks the conf files first; if it cannot run with them,"
                        + " the update ends before it changes anything"))
                : List.of();
    }

    List<Step> distribute() {
        var steps = new ArrayList<Step>();
        var domain = update.after().names().clusterDomain();
        if (!update.before().names().clusterDomain().equals(domain)) {
            steps.add(Step.withoutPause(
                    "the pods' names end in " + domain + " from now on, also in the connection strings"));
        }
        if (update.changesConf()) {
            steps.add(Step.withoutPause(
                    update.restarts()
                            ? "each pod gets the conf files with its restart; the reload Job leaves it alone until then"
                            : "every pod gets the conf files within a few seconds, and its server reads them"));
            lessWal().ifPresent(steps::add);
        }
        return steps;
    }

    /** Slots keep WAL up to max_slot_wal_keep_size; without a slot, wal_keep_size applies. */
    private Optional<Step> lessWal() {
        boolean less = Stream.of(ParameterName.MAX_SLOT_WAL_KEEP_SIZE, ParameterName.WAL_KEEP_SIZE)
                .anyMatch(name -> megabytes(update.after(), name) < megabytes(update.before(), name));
        return less && update.before().replicas() > 1
                ? Optional.of(
                        Step.withoutPause("less WAL is kept: a standby that is away at that moment and needs what is"
                                + " removed must be cloned again"))
                : Optional.empty();
    }

    private static double megabytes(Declaration declaration, ParameterName name) {
        var value = declaration.settings().value(name).canonical();
        return WeakerSettings.amount(value);
    }

    List<Step> comments() {
        return update.changesConfText() && !update.changesConf()
                ? List.of(Step.withoutPause(
                        "the conf files differ in comments and spelling only; nothing changes in the servers"))
                : List.of();
    }
}
