package streamset.security;

import java.util.List;

/** What a client asks of a server. */
sealed interface Request {
    /**
     * A session, and a statement in it.
     *
     * @param statement what the client asks once it is in
     */
    record Session(Login login, String statement) implements Request {
        // the password comes by standard input: others can read command lines
        private static final String SCRIPT =
                "IFS= read -r PGPASSWORD; export PGPASSWORD; exec timeout 20 psql -XAtqw \"$1\" -c \"$2\"";

        @Override
        public List<String> words() {
            return List.of("bash", "-c", SCRIPT, "psql", login.words(), statement);
        }

        @Override
        public String input() {
            return login.password() + "\n";
        }
    }

    /**
     * A request to a port that speaks HTTP.
     *
     * @param line its first, without the version
     */
    record Http(String host, int port, String line) implements Request {
        private static final String IN_TIME =
                "timeout 10 bash -ec \"$@\" 2>&1 || { [ $? != 124 ] || echo 'timeout expired'; exit 2; }";
        private static final String EXCHANGE = """
                exec 3<>"/dev/tcp/$1/$2"
                printf '%s HTTP/1.0\\r\\nContent-Length: 2\\r\\n\\r\\n{}' "$3" >&3
                IFS= read -r answer <&3
                echo "${answer%$'\\r'}"
                [[ $answer == *' 200 '* ]]
                """;

        @Override
        public List<String> words() {
            return List.of("bash", "-c", IN_TIME, "in time", EXCHANGE, "http", host, Integer.toString(port), line);
        }

        @Override
        public String input() {
            return "";
        }
    }

    /** A command. It ends with 0 where the client gets in, and with 2 where it does not, as psql does. */
    List<String> words();

    /** What the command reads. */
    String input();
}
