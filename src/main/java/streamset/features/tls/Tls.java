package streamset.features.tls;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.config.CertificateSeed;
import streamset.config.Keys;
import streamset.config.KubernetesName;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.ComputedSetting;
import streamset.features.Encryption;
import streamset.features.Feature;
import streamset.features.FixedSetting;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.features.PodAddition;
import streamset.features.ServerCertificate;
import streamset.features.State;
import streamset.pod.PodMount;
import streamset.pod.PodVolume;
import streamset.pod.VolumeKind;

/** {@code streamset:tls}: the servers have a certificate, which everything that connects to them verifies. */
public final class Tls implements Feature {
    static final String TLS = "tls";
    static final String SECRET = "secretName";
    static final String GENERATE = "generate";
    private static final String REQUIRED = "required";

    /** On the volume of the data, beside them: a pod that is recreated has what the former one has accepted. */
    static final String ADOPTED = VolumeKind.DATA.path() + "/tls/current/";

    private final Clock clock;

    /** Certificates that the program makes depend on the date. */
    public Tls() {
        this(Clock.systemUTC());
    }

    Tls(Clock clock) {
        this.clock = clock;
    }

    // the files belong to root; the server can read them through fsGroup
    static final int GROUP_READABLE = 0440;

    @Override
    public List<VolumeKind> volumes() {
        return List.of();
    }

    @Override
    public Parts read(Section keys, StackConfig config) {
        var tls = keys.object(TLS);
        var secret = tls.value(SECRET, KubernetesName::subdomain, "", "postgresql-tls", KubernetesName::likely);
        boolean generate = tls.value(GENERATE, StackConfig::bool, false, "true");
        boolean required = tls.value(REQUIRED, StackConfig::bool, false, "true");
        var seed = CertificateSeed.read(keys);
        var generated = config.names().certificate();
        var client = new ReplicatorCertificate(tls);
        if (generate) {
            refuseBesideGenerated(keys, tls, secret, seed);
            var parts = parts(new Encryption(generated, required, client.besideGenerated(generated)), config);
            return seed.map(known -> parts.with(Certificates.of(known, config.names(), Validity.at(clock))))
                    .orElse(parts);
        }
        if (secret.isEmpty()) {
            refuseRequiredAlone(tls, required);
            client.refuseWithoutTls();
            return Parts.NONE;
        }
        if (secret.equals(generated)) {
            tls.problem(
                    SECRET,
                    secret,
                    "is the name of the Secret that the program makes with generate",
                    tls.setCommand(SECRET, "<another name>"));
        }
        return parts(new Encryption(secret, required, client.beside(secret, generated)), config);
    }

    private static void refuseBesideGenerated(
            Section keys, Section tls, String secret, Optional<CertificateSeed> seed) {
        if (!secret.isEmpty()) {
            tls.problem(
                    SECRET,
                    secret,
                    "generate is set too; only one of the two can apply",
                    tls.removeCommand(SECRET) + "; or " + tls.removeCommand(GENERATE));
        }
        if (seed.isEmpty() && !keys.isFaulty(CertificateSeed.KEY)) {
            CertificateSeed.refuseMissing(keys);
        }
    }

    private static void refuseRequiredAlone(Section tls, boolean required) {
        if (required && !tls.isFaulty(SECRET) && !tls.isFaulty(GENERATE)) {
            tls.problem(
                    SECRET,
                    Section.NOT_SET,
                    "required needs a certificate, and nothing says where that comes from",
                    tls.setCommand(SECRET, "postgresql-tls") + "; or " + tls.setCommand(GENERATE, "true"));
        }
    }

    private static Parts parts(Encryption encryption, StackConfig config) {
        var names = config.names();
        var services = Stream.of(names.primaryService(), names.readService()).map(names::host);
        var common =
                String.join(" ", Stream.concat(services, Stream.of("localhost")).toList());
        var hosts = String.join(" ", names.podHosts(config.replicas()));
        var all = new PodVolume.OfSecret(Encryption.VOLUME, encryption.secret(), GROUP_READABLE).whereItExists();
        var root = new PodVolume.OfSecret(
                Encryption.VOLUME,
                encryption.secret(),
                GROUP_READABLE,
                Map.of(Encryption.ROOT, Encryption.ROOT),
                false);
        var mount = PodMount.readOnly(Encryption.VOLUME, Encryption.MOUNT);
        var environment = new LinkedHashMap<String, String>();
        environment.put(Encryption.ROOT_VARIABLE, ADOPTED + Encryption.ROOT);
        environment.put(Encryption.NAMES_VARIABLE, common);
        var ofJobs = new LinkedHashMap<String, String>();
        ofJobs.put(Encryption.ROOT_VARIABLE, Encryption.MOUNT + "/" + Encryption.ROOT);
        ofJobs.put("TLS_REQUIRED", Boolean.toString(encryption.required()));
        return Parts.of(
                encryption,
                new FixedSetting(ParameterName.SSL, "on", "streamset:tls"),
                file(ParameterName.SSL_CERT_FILE, ServerCertificate.CERTIFICATE),
                file(ParameterName.SSL_KEY_FILE, ServerCertificate.KEY),
                file(ParameterName.SSL_CA_FILE, Encryption.ROOT),
                new ComputedSetting(
                        ParameterName.SSL_MIN_PROTOCOL_VERSION,
                        "TLSv1.3",
                        "older versions only where somebody needs them"),
                new Part.OfServers(new PodAddition(List.of(all), List.of(mount), environment)
                        .and(ReplicatorCertificate.ofServers(encryption))),
                new Part.OfJobs(new PodAddition(List.of(root), List.of(mount), ofJobs)),
                new Part.OfCheck(new PodAddition(
                                List.of(all), List.of(mount), Map.of(Encryption.NAMES_VARIABLE, hosts + " " + common))
                        .and(ReplicatorCertificate.ofCheck(encryption))));
    }

    private static FixedSetting file(ParameterName name, String file) {
        return new FixedSetting(name, ADOPTED + file, "the node scripts copy it there from the Secret");
    }

    @Override
    public void refuse(State before, State after, Keys keys) {
        if (before.hasPods()) {
            refuseRequiredFirst(before, after, keys);
            refuseAnotherRoot(before, after, keys);
            ReplicatorCertificate.refuse(before, after, keys);
        }
    }

    /** Pods get their certificate one at a time, and until the last one has it, the others must reach it without. */
    private static void refuseRequiredFirst(State before, State after, Keys keys) {
        boolean demands = after.encryption().filter(Encryption::required).isPresent();
        if (before.encryption().isEmpty() && demands) {
            keys.refuse(
                    TLS + "." + REQUIRED,
                    "true",
                    "the pods have no certificate yet, and get theirs one at a time: those that demand TLS already could not"
                            + " reach the others",
                    keys.set(TLS + "." + REQUIRED, "false") + ", then: pulumi up; then: "
                            + keys.set(TLS + "." + REQUIRED, "true"));
        }
    }

    /** Nobody else has signed with the generated root, so pods with it and pods without it would refuse each other. */
    private static void refuseAnotherRoot(State before, State after, Keys keys) {
        var generated = after.names().certificate();
        var old = before.encryption().map(Encryption::secret);
        var now = after.encryption().map(Encryption::secret);
        if (old.isEmpty() || now.isEmpty() || old.equals(now)) {
            return;
        }
        if (now.get().equals(generated)) {
            refuseAnotherRoot(
                    GENERATE,
                    "true",
                    keys.remove(TLS) + ", then: pulumi up; then: " + keys.set(TLS + "." + GENERATE, "true"),
                    keys);
        } else if (old.get().equals(generated)) {
            refuseAnotherRoot(
                    SECRET,
                    now.get(),
                    keys.remove(TLS) + ", then: pulumi up; then: " + keys.set(TLS + "." + SECRET, now.get()),
                    keys);
        }
    }

    private static void refuseAnotherRoot(String key, String value, String fix, Keys keys) {
        keys.refuse(
                TLS + "." + key,
                value,
                "the pods get another root certificate one at a time, and would not accept the certificates of those that"
                        + " still have the former one",
                fix);
    }
}
