package streamset.node;

import java.nio.file.Path;

/** The data of a primary after its first start and the role Job, made once: most tests begin after that. */
final class Template {
    private static Pods pods;

    private Template() {}

    static synchronized Path data() {
        if (pods == null) {
            pods = make();
            Runtime.getRuntime().addShutdownHook(new Thread(pods::close));
        }
        return pods.get(0).data;
    }

    private static Pods make() {
        var made = Pods.of(1);
        var server = made.get(0).initAndStart();
        made.job("replicator.sh").mustSucceed();
        server.interrupt();
        return made;
    }
}
