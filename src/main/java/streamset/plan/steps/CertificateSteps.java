package streamset.plan.steps;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.config.Names;
import streamset.features.Encryption;
import streamset.features.ServerCertificate;
import streamset.plan.differences.Difference;
import streamset.plan.differences.ObjectChange;
import streamset.plan.differences.Update;

/** Changes of the certificate that the program makes. */
record CertificateSteps(Update update) {
    /** Whether a change is one of it; the values are never shown. */
    static boolean isOne(ObjectChange change, Names names) {
        return change.object().kind().equals("Secret")
                && change.object().name().equals(names.certificate())
                && change.difference().isIn("data", "*");
    }

    /** Says when the certificates expire. */
    Stream<String> words() {
        return of(ServerCertificate.CERTIFICATE)
                .map(difference -> "the servers' certificate is renewed"
                        + expiry(difference.from(), "; the former one expires on ")
                        + expiry(difference.to(), "; the new one expires on ")
                        + "; each server reads it when the kubelet has brought it, and no connection ends");
    }

    /** Clients have the root certificate in a file. */
    Optional<String> otherRoot() {
        return of(Encryption.ROOT)
                .map(difference ->
                        "another root certificate signs the servers' certificate: clients that verify it need the new"
                                + " " + Encryption.ROOT + " (output rootCertificateCommand)")
                .findFirst();
    }

    private Stream<Difference> of(String file) {
        return update.comparison()
                .changedBesidePods()
                .filter(change -> isOne(change, update.after().names()))
                .map(ObjectChange::difference)
                .filter(difference -> difference.isIn("data", file));
    }

    private static String expiry(Optional<String> base64, String words) {
        return base64.flatMap(CertificateSteps::expiry)
                .map(moment -> words + LocalDate.ofInstant(moment, ZoneOffset.UTC))
                .orElse("");
    }

    private static Optional<Instant> expiry(String base64) {
        try {
            var text = Base64.getDecoder().decode(base64);
            return ServerCertificate.expiry(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // somebody has put another text there
        }
    }
}
