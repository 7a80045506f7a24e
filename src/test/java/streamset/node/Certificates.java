package streamset.node;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A Secret with a certificate, as the kubelet brings it to pods, and who signs it. */
public final class Certificates {
    private static final String NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";

    private final Path folder;
    private final String[] names;

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
        return folder.resolve("secret");
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
        shell("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out new/tls.key");
        bring();
    }

    /** Nothing but an empty file. */
    void empty() {
        shell(": >new/tls.crt");
        bring();
    }

    private void authority(String name) {
        shell("openssl req -x509 " + NEW_KEY + " -days 9 -subj /CN=" + name + " -keyout " + name + ".key -out " + name
                + ".crt");
    }

    private void sign(String authority, int days, String... subjects) {
        var alternatives = Arrays.stream(subjects).map(name -> "DNS:" + name).collect(Collectors.joining(","));
        shell("mkdir -p new && openssl req -new " + NEW_KEY + " -subj /CN=servers -keyout new/tls.key -out request");
        shell("openssl x509 -req -in request -CA " + authority + ".crt -CAkey " + authority
                + ".key -CAcreateserial -days " + days + " -extfile <(printf 'subjectAltName=%s' '" + alternatives
                + "') -out new/tls.crt");
        shell("cp ca.crt new/ca.crt");
        bring();
    }

    /** All at once, as the kubelet does it. */
    private void bring() {
        shell(
                "chmod a+r new/* && rm -rf secret.old && cp -r new secret.new && mv secret secret.old && mv secret.new secret");
    }

    private void shell(String command) {
        Machine.run("bash", "-euc", "cd \"$1\"; " + command, "certificates", folder.toString());
    }

    /** The number of the certificate in the Secret. */
    String serial() {
        return Machine.run(
                "openssl",
                "x509",
                "-noout",
                "-serial",
                "-in",
                secret().resolve("tls.crt").toString());
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
