package streamset.conf.hba;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The first word of a line of pg_hba.conf: the type of the connections that it matches. */
enum HbaType {
    LOCAL,
    HOST,
    HOSTSSL,
    HOSTNOSSL,
    HOSTGSSENC,
    HOSTNOGSSENC;

    static Optional<HbaType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findAny();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(HbaType::word).toList();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
