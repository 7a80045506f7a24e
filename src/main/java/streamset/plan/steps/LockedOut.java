package streamset.plan.steps;

import java.util.List;
import java.util.stream.Stream;
import streamset.conf.hba.HbaEntry;
import streamset.plan.differences.Update;

/** Changes of pg_hba.conf after which clients no longer get in whom it lets in further down. */
final class LockedOut {
    private LockedOut() {}

    static Stream<String> of(Update update) {
        var after = HbaEntry.of(update.after().pgHbaConf());
        return update.hba().added().stream()
                .filter(HbaEntry::rejectsEverybody)
                .filter(entry -> isFollowed(entry, after))
                .map(entry -> "pg_hba.conf rejects everybody before the lines that let clients in: " + entry.shown());
    }

    private static boolean isFollowed(HbaEntry entry, List<HbaEntry> file) {
        return file.stream()
                .dropWhile(other -> !other.equals(entry))
                .anyMatch(other -> other.ofTheNetwork() && !other.method().equals("reject"));
    }
}
