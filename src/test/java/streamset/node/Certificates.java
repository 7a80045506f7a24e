package streamset.node;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A Secret with a certificate, as the kubelet brings it to pods, and who signs it. */
public final class Certificates {
    private static final String NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";

    private static final String SERVERS = "secret";
    private static final String REPLICATOR = "replicator";

    private final Path folder;
    private final String[] names;
    private boolean hasClient;

    /**
     * With a certificate that can be used.
     *
     * @param folder of everything here
     * @param names that it has
     */
    public Certificates(Path folder, String... names) {
        this.folder = folder;
        this.names = names;
        Machine.run("mkdir", "-p", secret().toString());
        authority("ca");
        sign("ca", 2, names);
    }

    /** Where the kubelet mounts it. */
    public Path secret() {
        return folder.resolve(SERVERS);
    }

    /** From now on with one of replicator, in a Secret of its own. */
    public Certificates withClient() {
        hasClient = true;
        Machine.run("mkdir", "-p", client().toString());
        renewClient();
        return this;
    }

    /** From now on without. */
    Certificates withoutClient() {
        hasClient = false;
        return this;
    }

    boolean hasClient() {
        return hasClient;
    }

    /** Where the kubelet mounts that of replicator. */
    public Path client() {
        return folder.resolve(REPLICATOR);
    }

    /** Another one of replicator. */
    void renewClient() {
        signClient("ca", 2, REPLICATOR, "clientAuth");
    }

    /** One that has expired. */
    void expireClient() {
        signClient("ca", -1, REPLICATOR, "clientAuth");
    }

    /** One in another name. */
    void misnameClient() {
        signClient("ca", 2, "postgres", "clientAuth");
    }

    /** One that somebody else has signed. */
    void forgeClient() {
        authority("other");
        signClient("other", 2, REPLICATOR, "clientAuth");
    }

    /** One that is good for servers alone. */
    void misuseClient() {
        signClient("ca", 2, REPLICATOR, "serverAuth");
    }

    /** One with the key of another. */
    void mismatchClient() {
        shell("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out new." + REPLICATOR + "/client.key");
        bring(REPLICATOR);
    }

    /** Both signers are known, and another one signs from now on. */
    void changeSigner() {
        shell("cp ca.crt former.crt");
        authority("ca");
        shell("cat former.crt >>ca.crt; cp ca.crt new." + SERVERS + "/ca.crt");
        bring(SERVERS);
    }

    private void signClient(String authority, int days, String name, String purpose) {
        var files = "new." + REPLICATOR + "/client.";
        shell("mkdir -p new." + REPLICATOR + " && openssl req -new " + NEW_KEY + " -subj /CN=" + name + " -keyout "
                + files + "key -out request");
        shell("openssl x509 -req -in request -CA " + authority + ".crt -CAkey " + authority
                + ".key -CAcreateserial -days " + days + " -extfile <(printf 'extendedKeyUsage=%s' " + purpose
                + ") -out " + files + "crt");
        bring(REPLICATOR);
    }

    /** The names that the scripts must find in it, besides those of the pods. */
    String names() {
        return "localhost";
    }

    /** Another one, which can be used as well. */
    void renew() {
        sign("ca", 3, names);
    }

    /** One that has expired. */
    void expire() {
        sign("ca", -1, names);
    }

    /** One for other names. */
    void misname() {
        sign("ca", 2, "localhost", "db-9.db-svc");
    }

    /** One that somebody else has signed. */
    void forge() {
        authority("other");
        sign("other", 2, names);
    }

    /** One with the key of another. */
    void mismatch() {
        shell("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out new.secret/tls.key");
        bring(SERVERS);
    }

    /** Nothing but an empty file. */
    void empty() {
        shell(": >new.secret/tls.crt");
        bring(SERVERS);
    }

    private void authority(String name) {
        shell("openssl req -x509 " + NEW_KEY + " -days 9 -subj /CN=" + name + " -keyout " + name + ".key -out " + name
                + ".crt");
    }

    private void sign(String authority, int days, String... subjects) {
        var alternatives = Arrays.stream(subjects).map(name -> "DNS:" + name).collect(Collectors.joining(","));
        shell("mkdir -p new.secret && openssl req -new " + NEW_KEY
                + " -subj /CN=servers -keyout new.secret/tls.key -out request");
        shell("openssl x509 -req -in request -CA " + authority + ".crt -CAkey " + authority
                + ".key -CAcreateserial -days " + days + " -extfile <(printf 'subjectAltName=%s' '" + alternatives
                + "') -out new.secret/tls.crt");
        shell("cp ca.crt new.secret/ca.crt");
        bring(SERVERS);
    }

    /** All at once, as the kubelet does it. */
    private void bring(String which) {
        shell("secret=" + which + "; chmod a+r new.$secret/* && rm -rf $secret.old && cp -r new.$secret $secret.new"
                + " && mv $secret $secret.old && mv $secret.new $secret");
    }

    private void shell(String command) {
        Machine.run("bash", "-euc", "cd \"$1\"; " + command, "certificates", folder.toString());
    }

    /** The number of the certificate in the Secret. */
    String serial() {
        return serial(secret().resolve("tls.crt"));
    }

    /** The number of replicator's. */
    String serialOfClient() {
        return serial(client().resolve("client.crt"));
    }

    private static String serial(Path certificate) {
        return Machine.run("openssl", "x509", "-noout", "-serial", "-in", certificate.toString());
    }

    /** The number of the certificate that a server shows to a new client. */
    static String serialOf(String address, int port) {
        return Machine.run(
                "bash",
                "-euc",
                "openssl s_client -starttls postgres -connect \"$1\" </dev/null 2>/dev/null | openssl x509 -noout -serial",
                "client",
                address + ":" + port);
    }
}
