package streamset.conf.hba;

import java.util.Optional;

/** A word in the list of databases of a line. */
sealed interface HbaDatabase extends HbaValue<HbaDatabase> {
    /** What is no name, unless it is quoted. */
    enum Keyword implements HbaDatabase {
        /** Every database, but not physical replication. */
        ALL {
            @Override
            Match fits(String database, String user) {
                return Match.YES;
            }

            @Override
            public boolean covers(HbaDatabase other) {
                return other != REPLICATION;
            }
        },
        /** Physical replication. */
        REPLICATION {
            @Override
            Match fits(String database, String user) {
                return Match.NO;
            }
        },
        /** The database that is called like the user. */
        SAMEUSER {
            @Override
            Match fits(String database, String user) {
                return Match.of(database.equals(user));
            }
        },
        /**
         * The database that is called like a role of which the user is a member. Every role is one of itself; a superuser
         * is not one of all the others, only of those that it was granted.
         */
        SAMEROLE {
            @Override
            Match fits(String database, String user) {
                return database.equals(user) ? Match.YES : Match.MAYBE;
            }

            @Override
            public boolean covers(HbaDatabase other) {
                return other == SAMEROLE || other == SAMEUSER;
            }
        };

        abstract Match fits(String database, String user);

        @Override
        public Match matches(HbaQuestion question) {
            return question.database()
                    .map(database -> fits(database, question.user()))
                    .orElse(Match.of(this == REPLICATION));
        }

        @Override
        public boolean covers(HbaDatabase other) {
            return other == this;
        }

        @Override
        public boolean isName() {
            return false;
        }
    }

    /** One database. */
    record Named(String name) implements HbaDatabase {
        @Override
        public Match matches(HbaQuestion question) {
            return Match.of(question.database().equals(Optional.of(name)));
        }

        @Override
        public boolean covers(HbaDatabase other) {
            return equals(other);
        }

        @Override
        public boolean isName() {
            return true;
        }
    }

    /** All databases whose names fit a regular expression. */
    record Matching(HbaExpression expression) implements HbaDatabase {
        @Override
        public Match matches(HbaQuestion question) {
            return Match.of(question.database().filter(expression::matches).isPresent());
        }

        @Override
        public boolean covers(HbaDatabase other) {
            return equals(other) || other instanceof Named named && expression.matches(named.name());
        }

        @Override
        public boolean isName() {
            return false;
        }
    }

    /** Reads a word. */
    static HbaDatabase of(HbaToken token, HbaServer server) throws HbaRefusal {
        if (HbaExpression.isOne(token)) {
            return new Matching(HbaExpression.of(token, server));
        }
        return switch (token.quoted() ? "" : token.text()) {
            case "all" -> Keyword.ALL;
            case "replication" -> Keyword.REPLICATION;
            case "sameuser" -> Keyword.SAMEUSER;
            case "samerole", "samegroup" -> Keyword.SAMEROLE;
            default -> new Named(token.text());
        };
    }
}
