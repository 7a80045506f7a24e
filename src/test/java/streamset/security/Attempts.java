package streamset.security;

import static streamset.security.Attempt.Decision.CLIENT;
import static streamset.security.Attempt.Decision.LINE;
import static streamset.security.Attempt.Decision.NETWORK;
import static streamset.security.Attempt.Decision.PASSWORD;
import static streamset.security.Attempt.Decision.SERVER;
import static streamset.security.Attempt.Place.POD;
import static streamset.security.Attempt.Place.POD_ELSEWHERE;
import static streamset.security.Attempt.Place.UNLABELLED_POD;
import static streamset.security.Attempt.allowed;
import static streamset.security.Attempt.refused;
import static streamset.security.Refusals.NO_PASSWORD;
import static streamset.security.Refusals.REJECTED;
import static streamset.security.Refusals.UNREACHABLE;
import static streamset.security.Refusals.WRONG_PASSWORD;

import java.util.List;
import java.util.stream.Stream;

/** Applications and people who try to get in, from pods that are not of the cluster. */
record Attempts(Logins who, Servers servers) {
    private static final String APP = Logins.APP;

    List<Attempt> all() {
        return Stream.of(applications(), strangers(), certificates(), superuser())
                .flatMap(List::stream)
                .toList();
    }

    private List<Attempt> applications() {
        return List.of(
                allowed("an application, to its database", POD, who.app()),
                allowed(
                        "an application, to the Service for reading",
                        POD,
                        who.app().with("host", servers.readService())),
                refused("an application with a wrong password", POD, who.app().mistyped(), PASSWORD, WRONG_PASSWORD),
                refused("an application without a password", POD, who.app().without(), PASSWORD, NO_PASSWORD),
                refused("a role that does not exist", POD, Login.of("nobody", APP, "x"), PASSWORD, WRONG_PASSWORD),
                refused("an application without TLS", POD, who.app().withoutTls(), LINE, REJECTED + ".*no encryption"));
    }

    private List<Attempt> strangers() {
        return List.of(
                refused(
                        "an application, from a pod without the label",
                        UNLABELLED_POD,
                        who.app(),
                        NETWORK,
                        UNREACHABLE),
                refused(
                        "an application, from a pod of another namespace with the label",
                        POD_ELSEWHERE,
                        who.app(),
                        NETWORK,
                        UNREACHABLE));
    }

    private List<Attempt> certificates() {
        return List.of(
                refused(
                        "an application that trusts another issuer",
                        POD,
                        who.app().with("sslrootcert", OutsidePods.OTHER_ROOT),
                        CLIENT,
                        "SSL error: certificate verify failed"),
                refused(
                        "an application, by a name that the certificate does not have",
                        POD,
                        who.app().with("host", servers.address()),
                        CLIENT,
                        "server certificate for .* does not match host name"),
                refused(
                        "an application with TLS 1.2",
                        POD,
                        who.app().with("ssl_max_protocol_version", "TLSv1.2"),
                        SERVER,
                        "SSL error: tlsv1 alert protocol version"));
    }

    private List<Attempt> superuser() {
        return List.of(
                refused(
                        "the superuser, to the database of an application",
                        POD,
                        who.superuser().to(APP),
                        LINE,
                        REJECTED),
                refused(
                        "the superuser with a wrong password, to database `postgres`",
                        POD,
                        who.superuser().mistyped(),
                        PASSWORD,
                        WRONG_PASSWORD),
                refused(
                        "the superuser without TLS",
                        POD,
                        who.superuser().withoutTls(),
                        LINE,
                        REJECTED + ".*no encryption"),
                allowed("the superuser with the password, to database `postgres`", POD, who.superuser()));
    }
}
