package streamset.conf.hba;

/** A word in the list of users of a line. */
sealed interface HbaUser extends HbaValue<HbaUser> {
    /** What is no name, unless it is quoted. */
    enum Keyword implements HbaUser {
        ALL;

        @Override
        public Match matches(HbaQuestion question) {
            return Match.YES;
        }

        @Override
        public boolean covers(HbaUser other) {
            return true;
        }

        @Override
        public boolean isName() {
            return false;
        }
    }

    /** One user. */
    record Named(String name) implements HbaUser {
        @Override
        public Match matches(HbaQuestion question) {
            return Match.of(question.user().equals(name));
        }

        @Override
        public boolean covers(HbaUser other) {
            return equals(other);
        }

        @Override
        public boolean isName() {
            return true;
        }
    }

    /**
     * All members of a role. Every role is one of itself; a superuser is not one of all the others, only of those that it
     * was granted.
     */
    record MemberOf(String role) implements HbaUser {
        @Override
        public Match matches(HbaQuestion question) {
            return question.user().equals(role) ? Match.YES : Match.MAYBE;
        }

        @Override
        public boolean covers(HbaUser other) {
            return equals(other) || other.equals(new Named(role));
        }

        @Override
        public boolean isName() {
            return false;
        }
    }

    /** All users whose names fit a regular expression. */
    record Matching(HbaExpression expression) implements HbaUser {
        @Override
        public Match matches(HbaQuestion question) {
            return Match.of(expression.matches(question.user()));
        }

        @Override
        public boolean covers(HbaUser other) {
            return equals(other) || other instanceof Named named && expression.matches(named.name());
        }

        @Override
        public boolean isName() {
            return false;
        }
    }

    /** Reads a word. */
    static HbaUser of(HbaToken token, HbaServer server) throws HbaRefusal {
        if (HbaExpression.isOne(token)) {
            return new Matching(HbaExpression.of(token, server));
        }
        if (token.isKeyword("all")) {
            return Keyword.ALL;
        }
        return !token.quoted() && token.text().startsWith("+")
                ? new MemberOf(token.text().substring(1))
                : new Named(token.text());
    }
}
