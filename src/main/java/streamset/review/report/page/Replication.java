package streamset.review.report.page;

import java.util.List;
import java.util.Optional;
import streamset.catalog.ParameterName;
import streamset.cluster.ClusterSpec;
import streamset.plan.steps.Synchronous;
import streamset.settings.Setting;
import streamset.settings.StandbyNames;

/** Who follows whom, and who waits. */
record Replication(ClusterSpec spec) {
    /** Whether the primary may wait for this standby before it acknowledges a commit. */
    boolean isSynchronous(int ordinal) {
        return ordinal != spec.primary()
                && synchronous()
                        .filter(names -> names.required() > 0 && names.has(spec.names(), ordinal))
                        .isPresent();
    }

    private Optional<StandbyNames> synchronous() {
        if (spec.config().failover().automatic()) { // Patroni names them: any of the others
            int standbys = spec.config().roles().synchronousStandbys();
            return Optional.of(new StandbyNames(standbys, List.of("*"))).filter(names -> standbys > 0);
        }
        return spec.settings().all().stream()
                .filter(setting -> setting.name().equals(ParameterName.SYNCHRONOUS_STANDBY_NAMES.toString()))
                .map(Setting::canonical)
                .filter(value -> !value.isBlank())
                .findFirst()
                .flatMap(StandbyNames::parse);
    }

    /** The same in words. */
    String words() {
        int standbys = spec.config().replicas() - 1;
        var writes = spec.config().failover().automatic()
                ? "The pods decide which of them writes"
                : spec.names().pod(spec.primary()) + " writes";
        return standbys == 0
                ? writes + ", and no standby follows it."
                : writes + "; " + standbys + " standbys follow it; " + waits() + ".";
    }

    private String waits() {
        int replicas = spec.config().replicas();
        var synchronous = synchronous()
                .map(names -> new Synchronous(names.required(), names.standbys(spec.names(), replicas, spec.primary())))
                .orElse(new Synchronous(0, replicas - 1));
        return synchronous.words(spec.config().roles().lost().size());
    }
}
