package streamset.policy.pack;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The process of the policy pack. The engine starts it with {@code --policy-pack policy}, reads the port from the first line of
 * its output, and ends it.
 */
public final class PolicyPack {
    private PolicyPack() {}

    /** Serves until the engine ends the process. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Analyzer())
                .maxInboundMessageSize(Analyzer.LARGEST_MESSAGE_BYTES)
                .build()
                .start();
        System.out.println(server.getPort());
        server.awaitTermination();
    }
}
