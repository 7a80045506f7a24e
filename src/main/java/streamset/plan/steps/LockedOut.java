package streamset.plan.steps;

import java.util.List;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.conf.hba.HbaEntry;
import streamset.features.Encryption;
import streamset.plan.differences.Update;
import streamset.plan.reading.Declaration;

/** Changes of pg_hba.conf after which clients that could log in no longer can. */
final class LockedOut {
    private LockedOut() {}

    static Stream<String> of(Update update) {
        var after = HbaEntry.of(update.after().pgHbaConf());
        var rejections = update.hba().added().stream()
                .filter(HbaEntry::rejectsEverybody)
                .filter(entry -> isFollowed(entry, after))
                .map(entry -> "pg_hba.conf rejects everybody before the lines that let clients in: " + entry.shown());
        boolean nobody = letsClientsIn(update.before()) && !letsClientsIn(update.after());
        boolean uncertified = requiresClient(update.after()) && !requiresClient(update.before());
        boolean unencrypted = requiresTls(update.after()) && !requiresTls(update.before());
        return Stream.of(
                        rejections,
                        when(nobody, "no line of pg_hba.conf lets clients in from the network any more"),
                        when(
                                unencrypted,
                                "clients that connect without TLS are rejected; the sessions that they have go on until they"
                                        + " end"),
                        when(
                                uncertified,
                                "replicator gets in for replication alone, with a certificate and its password: whoever else"
                                        + " connects as this role is rejected"))
                .flatMap(texts -> texts);
    }

    private static Stream<String> when(boolean so, String text) {
        return so ? Stream.of(text) : Stream.empty();
    }

    private static boolean requiresTls(Declaration declaration) {
        return declaration.state().encryption().filter(Encryption::required).isPresent();
    }

    private static boolean requiresClient(Declaration declaration) {
        return declaration
                .state()
                .encryption()
                .filter(Encryption::requiresClient)
                .isPresent();
    }

    private static boolean isFollowed(HbaEntry entry, List<HbaEntry> file) {
        return file.stream()
                .dropWhile(other -> !other.equals(entry))
                .anyMatch(other -> other.ofTheNetwork() && !other.method().equals("reject"));
    }

    private static boolean letsClientsIn(Declaration declaration) {
        boolean tls =
                declaration.settings().value(ParameterName.SSL).canonical().equals("on");
        return HbaEntry.of(declaration.pgHbaConf()).stream().anyMatch(entry -> entry.letsClientsIn(tls));
    }
}
