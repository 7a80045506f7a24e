package streamset.settings;

import java.util.Optional;
import streamset.catalog.ParameterName;
import streamset.config.StackConfig;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;

/**
 * The standbys that commits wait for: while these do not exist, no commit returns.
 *
 * @param taken the written settings that the servers accept
 */
record SynchronousChecks(WrittenSettings taken, StackConfig config, Problems problems) {
    private static final ConfigCommand STANDBYS =
            new ConfigCommand(StackConfig.NAMESPACE + ":synchronous.", "standbys", false);

    void check() {
        taken.get(ParameterName.SYNCHRONOUS_STANDBY_NAMES)
                .filter(written -> !written.setting().value().isBlank())
                .ifPresent(written -> {
                    if (config.failover().automatic()) {
                        refuse(
                                written,
                                "with failover automatic Patroni names the standbys by itself, so that only one that has every"
                                        + " acknowledged commit is promoted",
                                written.removal() + "; to have commits wait: " + STANDBYS.set("1"));
                    } else if (config.roles().synchronousStandbys() > 0) {
                        refuse(
                                written,
                                "is set together with streamset:synchronous; only one can apply",
                                written.removal());
                    } else {
                        StandbyNames.parse(written.setting().value())
                                .ifPresentOrElse(
                                        names -> check(written, names),
                                        () -> refuse(written, "is not a list of standbys", better(written, 1)));
                    }
                });
        taken.get(ParameterName.SYNCHRONIZED_STANDBY_SLOTS)
                .filter(written -> !written.setting().value().isBlank())
                .ifPresent(written -> refuse(
                        written,
                        "applies to every pod, and the primary itself has no slot: after a handover logical replication would"
                                + " wait forever",
                        written.removal()));
    }

    private void check(WrittenSetting written, StandbyNames names) {
        reason(names).ifPresent(reason -> refuse(written, reason, better(written, names.required())));
    }

    private Optional<String> reason(StandbyNames names) {
        var cluster = config.names();
        var strangers = names.strangers(cluster, config.replicas());
        if (!strangers.isEmpty()) {
            return Optional.of("commits would wait for " + String.join(", ", strangers)
                    + ", and no pod of this cluster has that name (they are called " + cluster.pod(0) + " …)");
        }
        return names.stuckPrimary(cluster, config.replicas())
                .map(primary -> "no commit would return while " + cluster.pod(primary)
                        + " is primary: it would wait for "
                        + names.required() + " standbys, and " + names.standbys(cluster, config.replicas(), primary)
                        + " of the named pods are standbys then");
    }

    private String better(WrittenSetting written, int required) {
        int most = Math.min(Math.max(required, 1), config.replicas() - 1);
        return most == 0
                ? written.removal()
                : written.removal() + "; to have commits wait: " + STANDBYS.set(Integer.toString(most));
    }

    private void refuse(WrittenSetting written, String reason, String fix) {
        problems.add(written.subject(), written.shown(), reason, fix);
    }
}
