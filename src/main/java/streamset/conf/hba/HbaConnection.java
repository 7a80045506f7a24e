package streamset.conf.hba;

/** How a client is connected: through the pod's own socket, or over TCP in clear text, with TLS, with Kerberos' encryption. */
enum HbaConnection {
    LOCAL,
    PLAIN,
    SSL,
    GSS
}
