package streamset.features.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamset.config.Keys;
import streamset.config.KubernetesName;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.Encryption;
import streamset.features.PodAddition;
import streamset.features.ServerCertificate;
import streamset.features.State;
import streamset.pod.PodMount;
import streamset.pod.PodVolume;

/**
 * The certificate with which the pods connect as {@code replicator}. Where the program makes certificates, it makes this one too; a
 * Secret of somebody else is a second one beside that of the servers.
 */
final class ReplicatorCertificate {
    private static final String SECRET = "clientSecretName";
    private static final String REQUIRED = "clientCertificates";
    private static final String PLACE = Tls.TLS + ".";
    private static final String EXAMPLE = "postgresql-replicator-tls";
    private static final String UP = ", then: pulumi up; then: ";

    private final Section tls;
    private final String secret;
    private final boolean required;

    ReplicatorCertificate(Section tls) {
        this.tls = tls;
        this.secret = tls.value(SECRET, KubernetesName::subdomain, "", EXAMPLE, KubernetesName::likely);
        this.required = tls.value(REQUIRED, StackConfig::bool, false, "true");
    }

    /** Beside the servers' certificate in the Secret that the program makes. */
    Optional<Encryption.Client> besideGenerated(String generated) {
        if (!secret.isEmpty()) {
            tls.problem(
                    SECRET,
                    secret,
                    "generate makes the certificate of replicator too; only one of the two can apply",
                    tls.removeCommand(SECRET) + "; or " + tls.removeCommand(Tls.GENERATE));
        }
        return Optional.of(new Encryption.Client(generated, required));
    }

    /** Beside a Secret of somebody else; empty where no other one is named. */
    Optional<Encryption.Client> beside(String ofServers, String generated) {
        if (secret.equals(generated)) {
            refuseName("is the name of the Secret that the program makes with generate");
        } else if (secret.equals(ofServers)) {
            refuseName("is the Secret of the servers; replicator has a certificate of its own");
        }
        if (!secret.isEmpty()) {
            return Optional.of(new Encryption.Client(secret, required));
        }
        if (required && !tls.isFaulty(SECRET)) {
            tls.problem(
                    SECRET,
                    Section.NOT_SET,
                    "clientCertificates needs a certificate of replicator, and nothing says where that comes from",
                    tls.setCommand(SECRET, EXAMPLE) + "; or " + tls.setCommand(REQUIRED, "false"));
        }
        return Optional.empty();
    }

    private void refuseName(String reason) {
        tls.problem(SECRET, secret, reason, tls.setCommand(SECRET, "<another name>"));
    }

    void refuseWithoutTls() {
        if (tls.isFaulty(Tls.SECRET) || tls.isFaulty(Tls.GENERATE)) {
            return;
        }
        if (required) {
            refuseWithoutTls(REQUIRED, "true", tls.setCommand(REQUIRED, "false"));
        }
        if (!secret.isEmpty()) {
            refuseWithoutTls(SECRET, secret, tls.removeCommand(SECRET));
        }
    }

    private void refuseWithoutTls(String key, String value, String withoutIt) {
        tls.problem(
                key,
                value,
                "a client shows its certificate only to a server that has one, and the servers have none",
                tls.setCommand(Tls.SECRET, "postgresql-tls") + "; or " + tls.setCommand(Tls.GENERATE, "true") + "; or "
                        + withoutIt);
    }

    /** The pair, and where its copies are. */
    static PodAddition ofServers(Encryption encryption) {
        return addition(encryption, Map.of(Encryption.CLIENT_VARIABLE, Tls.ADOPTED + Encryption.CLIENT_CERTIFICATE));
    }

    /** The pair alone: this Job has the variables of the servers. */
    static PodAddition ofCheck(Encryption encryption) {
        return addition(encryption, Map.of());
    }

    private static PodAddition addition(Encryption encryption, Map<String, String> environment) {
        return encryption
                .client()
                .map(client -> new PodAddition(
                        List.of(volume(client, client.secret().equals(encryption.secret()))),
                        List.of(PodMount.readOnly(Encryption.CLIENT_VOLUME, Encryption.CLIENT_MOUNT)),
                        environment))
                .orElse(PodAddition.NONE);
    }

    private static PodVolume volume(Encryption.Client client, boolean besideThatOfTheServers) {
        var items = besideThatOfTheServers
                ? Map.of(
                        Encryption.CLIENT_CERTIFICATE,
                        Encryption.CLIENT_CERTIFICATE,
                        Encryption.CLIENT_KEY,
                        Encryption.CLIENT_KEY)
                : Map.of(
                        ServerCertificate.CERTIFICATE,
                        Encryption.CLIENT_CERTIFICATE,
                        ServerCertificate.KEY,
                        Encryption.CLIENT_KEY);
        return new PodVolume.OfSecret(Encryption.CLIENT_VOLUME, client.secret(), Tls.GROUP_READABLE, items, true);
    }

    /**
     * Pods get their certificate one at a time, and lose it so. Until the last one has it, and from the first one on that has lost
     * it, no server may demand it.
     */
    static void refuse(State before, State after, Keys keys) {
        boolean has = client(before).isPresent();
        if (!has && after.encryption().filter(Encryption::requiresClient).isPresent()) {
            keys.refuse(
                    PLACE + REQUIRED,
                    "true",
                    "the pods have no certificate of replicator yet, and get theirs one at a time: those that demand it already"
                            + " would turn the others away",
                    keys.set(PLACE + REQUIRED, "false") + UP + keys.set(PLACE + REQUIRED, "true"));
        }
        before.encryption()
                .filter(Encryption::requiresClient)
                .filter(encryption -> client(after).isEmpty())
                .ifPresent(encryption -> refuseRemoval(encryption, before, after, keys));
    }

    private static void refuseRemoval(Encryption encryption, State before, State after, Keys keys) {
        boolean generated = encryption.secret().equals(before.names().certificate());
        var former = client(before).orElseThrow().secret();
        var commands = new ArrayList<String>();
        if (generated) {
            commands.add(keys.set(PLACE + Tls.GENERATE, "true"));
        } else {
            commands.add(keys.set(PLACE + Tls.SECRET, encryption.secret()));
            commands.add(keys.set(PLACE + SECRET, former));
        }
        commands.add(keys.set(PLACE + REQUIRED, "false"));
        keys.refuse(
                PLACE + (generated ? Tls.GENERATE : SECRET),
                Section.NOT_SET,
                "the pods lose the certificate of replicator one at a time, and those that still demand it would turn the others"
                        + " away",
                String.join(", ", commands)
                        + UP
                        + (after.encryption().isPresent() ? keys.remove(PLACE + SECRET) : keys.remove(Tls.TLS)));
    }

    private static Optional<Encryption.Client> client(State state) {
        return state.encryption().flatMap(Encryption::client);
    }
}
