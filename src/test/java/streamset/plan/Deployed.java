package streamset.plan;

import java.util.List;

/** What is found where an update was interrupted, or somebody deleted something. */
record Deployed(Declaration declaration) {
    Deployed withAppointed(int ordinal) {
        return with(ordinal, declaration.restart(), declaration.missing());
    }

    Deployed withRestart(String digest) {
        return with(declaration.appointed(), digest, declaration.missing());
    }

    Deployed without(String object) {
        return with(declaration.appointed(), declaration.restart(), List.of(object));
    }

    private Deployed with(int appointed, String restart, List<String> missing) {
        return new Deployed(new Declaration(
                declaration.names(),
                declaration.version(),
                declaration.pods(),
                declaration.replicas(),
                declaration.primary(),
                appointed,
                declaration.lost(),
                declaration.segmentSize(),
                declaration.data(),
                declaration.wal(),
                restart,
                declaration.postgresqlConf(),
                declaration.pgHbaConf(),
                missing));
    }
}
