package streamset.plan.steps;

/** What a reviewer must not miss in an update: a second person should approve it. */
public record Danger(Kind kind, String text) {
    /** Why. */
    public enum Kind {
        /** No later update brings back what this one takes. */
        IRREVERSIBLE("cannot be undone"),
        /** Data are less safe than before. */
        DATA("data"),
        /** Clients no longer get in. */
        CLIENTS("clients"),
        /** Others get in than before. */
        SECURITY("security");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    static Danger irreversible(String text) {
        return new Danger(Kind.IRREVERSIBLE, text);
    }

    static Danger ofData(String text) {
        return new Danger(Kind.DATA, text);
    }

    static Danger ofClients(String text) {
        return new Danger(Kind.CLIENTS, text);
    }

    static Danger ofSecurity(String text) {
        return new Danger(Kind.SECURITY, text);
    }
}
