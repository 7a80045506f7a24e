package streamset.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import streamset.patroni.PatroniFile;

/** Patroni's REST API in one pod, as patroni/rest.sh uses it. */
record PatroniRest(FaultCluster cluster, int ordinal) {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String USER = "streamset";
    private static final int ACCEPTED = 200;

    static PatroniRest of(FaultCluster cluster, int ordinal) {
        return new PatroniRest(cluster, ordinal);
    }

    /** Has the data of a standby cloned again; waits until its Patroni begins with that. */
    void reinitialize() {
        Waiting.until(
                "Patroni in pod " + ordinal + " begins to clone",
                Limits.HEALTHY,
                () -> status(post("/reinitialize", "{\"force\": true}")) == ACCEPTED);
    }

    private HttpRequest post(String path, String json) {
        var address = cluster.pod(ordinal).address(); // another one after the pod was recreated
        return HttpRequest.newBuilder(URI.create("http://" + address + ":" + PatroniFile.REST_PORT + path))
                .timeout(ANSWER)
                .header("Authorization", authorization(cluster.password()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    private static int status(HttpRequest request) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0; // it starts, or is away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The API has a password of its own, which follows from that of the superuser. */
    static String authorization(String superuser) {
        try {
            var text = "streamset, REST API of Patroni\n" + superuser;
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            var words = USER + ":" + HexFormat.of().formatHex(digest);
            return "Basic " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }
}
