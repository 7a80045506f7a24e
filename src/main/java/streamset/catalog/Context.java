package streamset.catalog;

import java.util.Locale;

/** When a parameter can be changed: {@code pg_settings.context}. */
public enum Context {
    /** Never: it shows how the server was built, initialized or started. */
    INTERNAL,
    /** At the start of the server. */
    POSTMASTER,
    /** By a reload of the conf files. */
    SIGHUP,
    /** By a reload, for connections that begin later; or by a superuser who connects. */
    SUPERUSER_BACKEND,
    /** By a reload, for connections that begin later; or by anyone who connects. */
    BACKEND,
    /** By a reload, or by a superuser within a session. */
    SUPERUSER,
    /** By a reload, or by anyone within a session. */
    USER;

    static Context of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether a server must be restarted before it runs with a changed value. */
    public boolean restart() {
        return this == POSTMASTER;
    }
}
