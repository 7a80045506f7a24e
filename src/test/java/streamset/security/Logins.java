package streamset.security;

/** The roles of a cluster with the right passwords, each to the database that it is for. */
record Logins(Login app, Login superuser, Login replicator, Login node, Login metrics) {
    /** A role of an application, and its database. */
    static final String APP = "app";

    private static final String POSTGRES = "postgres";

    /** With these passwords. */
    static Logins of(String app, String superuser, String replicator, String node, String metrics) {
        return new Logins(
                Login.of(APP, APP, app),
                Login.of(POSTGRES, POSTGRES, superuser),
                Login.of("replicator", POSTGRES, replicator),
                Login.of("streamset", POSTGRES, node),
                Login.of("streamset_metrics", POSTGRES, metrics));
    }
}
