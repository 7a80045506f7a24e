package streamset.features;

import java.util.Optional;

/**
 * Where base backups and WAL of a cluster are stored.
 *
 * @param bucket of the object store
 * @param path in the bucket
 * @param uriStyle whether the bucket is in the {@code path} of addresses, or in their {@code host}
 * @param secret an existing Secret with the credentials, and with the passphrase if it is encrypted
 * @param authority an existing Secret with the certificate of the authority that signed the store's; empty for a well-known one
 * @param encrypted whether what is stored is encrypted before it leaves the pod
 */
public record Repository(
        String bucket,
        Endpoint endpoint,
        String region,
        String path,
        String uriStyle,
        String secret,
        Optional<String> authority,
        boolean encrypted) {
    /** The place in one word. */
    public String words() {
        return words(bucket, path, endpoint.toString());
    }

    /** {@code s3://bucket/path at endpoint}. */
    public static String words(String bucket, String path, String endpoint) {
        return "s3://" + bucket + path + " at " + endpoint;
    }

    /** Whether another one is in the same place. The store is not compared: it can be known by several names. */
    public boolean isAt(Repository other) {
        return bucket.equals(other.bucket) && path.equals(other.path);
    }
}
