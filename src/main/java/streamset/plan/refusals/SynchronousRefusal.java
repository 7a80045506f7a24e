package streamset.plan.refusals;

import java.util.Optional;
import streamset.config.Keys;
import streamset.plan.reading.Declaration;
import streamset.settings.StandbyNames;

/**
 * Scaling and synchronous replication change at different moments of an update: pods start and stop at once, while servers
 * read the new conf files after the kubelet has brought them. At no moment may commits wait for standbys that do not exist.
 */
record SynchronousRefusal(Declaration before, Declaration after, Keys keys) {
    private static final String KEY = "replicas";
    private static final String UP = ", then: pulumi up";
    private static final String STANDBYS = "synchronous.standbys";

    void check() {
        if (after.replicas() < before.replicas()) {
            stuck(before, after.replicas())
                    .ifPresent(names -> keys.refuse(
                            KEY,
                            Integer.toString(after.replicas()),
                            "until the servers have the new conf files, commits wait for " + names.required()
                                    + " standbys, and " + standbys(names, before, after.replicas())
                                    + " are left: writes would stop",
                            keys.set(KEY, Integer.toString(before.replicas())) + UP
                                    + " (commits then wait for fewer); then: "
                                    + keys.set(KEY, Integer.toString(after.replicas()))));
        } else if (after.replicas() > before.replicas()) {
            stuck(after, before.replicas())
                    .ifPresent(names -> keys.refuse(
                            KEY,
                            Integer.toString(after.replicas()),
                            "commits would wait for " + names.required()
                                    + " standbys, and until the new pods have cloned, "
                                    + standbys(names, after, before.replicas())
                                    + " exist: writes would stop",
                            keys.set(STANDBYS, Integer.toString(former())) + UP + "; then: "
                                    + keys.set(STANDBYS, Integer.toString(names.required()))));
        }
    }

    private static Optional<StandbyNames> names(Declaration declaration) {
        return Optional.of(declaration.standbyNames())
                .filter(text -> !text.isBlank())
                .flatMap(StandbyNames::parse);
    }

    private int former() {
        return names(before).map(StandbyNames::required).orElse(0);
    }

    /** The standbys that commits wait for, if too few of them exist with this number of pods. */
    private Optional<StandbyNames> stuck(Declaration declaration, int replicas) {
        return names(declaration).filter(names -> standbys(names, declaration, replicas) < names.required());
    }

    private int standbys(StandbyNames names, Declaration declaration, int replicas) {
        return names.standbys(declaration.names(), replicas, declaration.primary());
    }
}
