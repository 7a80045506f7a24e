package streamset.security;

import streamset.cluster.Deployment;

/** The lines of pg_hba.conf, as the server has read them. */
record HbaLines(Deployment deployment) {
    /**
     * @param method empty when there is no line
     * @param text with single blanks, and without its comment
     */
    record Line(String method, String text) {}

    /** No line. */
    static final Line NONE = new Line("", "");

    /**
     * The first line that matches, which decides.
     *
     * @param client its address or name, where lines have that and not only all
     */
    Line decisive(Login login, String client) {
        var words = "SELECT auth_method, regexp_replace(split_part(pg_read_file(current_setting('hba_file')), E'\\n',"
                + " line_number), '\\s+(#.*)?', ' ', 'g') FROM pg_hba_file_rules WHERE type IN ('host', '%s')"
                        .formatted(login.usesTls() ? "hostssl" : "hostnossl")
                + " AND database && %s AND user_name && ARRAY['all', '%s'] AND address IN ('all', '%s')"
                        .formatted(databases(login), login.user(), client)
                + " ORDER BY line_number LIMIT 1";
        var fields = deployment.sql(0, words).split("\\|", 2);
        return fields.length == 2 ? new Line(fields[0], fields[1].strip()) : NONE;
    }

    /** The word all does not stand for replication. */
    private static String databases(Login login) {
        return login.isForReplication() ? "ARRAY['replication']" : "ARRAY['all', '" + login.database() + "']";
    }
}
