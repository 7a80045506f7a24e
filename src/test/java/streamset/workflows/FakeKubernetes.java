package streamset.workflows;

import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pulumirpc.Plugin.PluginAttach;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;
import pulumirpc.ResourceProviderGrpc.ResourceProviderImplBase;

/**
 * A kubernetes plugin for the real engine that needs no Kubernetes: it does all that it is asked and remembers nothing, for
 * the engine does. Where a file called drift lies in its folder, somebody has changed the Services by hand.
 */
final class FakeKubernetes extends ResourceProviderImplBase {
    private static final String DRIFT = "drift";
    private static final String PROGRAM = "pulumi-resource-kubernetes";
    private static final String VERSION = "4.25.0"; // as in ClusterProvider

    private final Path folder;

    private FakeKubernetes(Path folder) {
        this.folder = folder;
    }

    /** @param home the folder that PULUMI_HOME names */
    static void install(Path home) throws IOException {
        var folder = Files.createDirectories(folder(home));
        var program = Files.writeString(folder.resolve(PROGRAM), """
                #!/bin/sh
                exec env -u JDK_JAVA_OPTIONS '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s '%s'
                """.formatted(
                        System.getProperty("java.home"),
                        System.getProperty("java.class.path"),
                        FakeKubernetes.class.getName(),
                        folder));
        program.toFile().setExecutable(true);
    }

    /** Somebody changes the Services by hand, or back. */
    static void drift(Path home, boolean changed) throws IOException {
        var file = folder(home).resolve(DRIFT);
        Files.deleteIfExists(file);
        if (changed) {
            Files.createFile(file);
        }
    }

    private static Path folder(Path home) {
        return home.resolve("plugins/resource-kubernetes-v" + VERSION);
    }

    /** @param arguments the plugin's folder */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BindableService plugin = new FakeKubernetes(Path.of(arguments[0]));
        var server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(plugin)
                .build()
                .start();
        System.out.println(server.getPort()); // which the engine waits for
        server.awaitTermination();
    }

    @Override
    public void attach(PluginAttach request, StreamObserver<Empty> to) {
        answer(to, Empty.getDefaultInstance());
    }

    @Override
    public void getPluginInfo(Empty request, StreamObserver<PluginInfo> to) {
        answer(to, PluginInfo.newBuilder().setVersion(VERSION).build());
    }

    @Override
    public void cancel(Empty request, StreamObserver<Empty> to) {
        answer(to, Empty.getDefaultInstance());
    }

    @Override
    public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> to) {
        answer(
                to,
                ConfigureResponse.newBuilder()
                        .setAcceptSecrets(true)
                        .setSupportsPreview(true)
                        .build());
    }

    @Override
    public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> to) {
        check(request, to);
    }

    @Override
    public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> to) {
        diff(request, to);
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> to) {
        answer(to, CheckResponse.newBuilder().setInputs(request.getNews()).build());
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<DiffResponse> to) {
        var same = request.getOldInputs().equals(request.getNews());
        answer(
                to,
                DiffResponse.newBuilder()
                        .setChanges(same ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
                        .build());
    }

    @Override
    public void create(CreateRequest request, StreamObserver<CreateResponse> to) {
        var id = request.getPreview() ? "" : request.getUrn().replaceAll(".*::", "");
        answer(
                to,
                CreateResponse.newBuilder()
                        .setId(id)
                        .setProperties(request.getProperties())
                        .build());
    }

    @Override
    public void update(UpdateRequest request, StreamObserver<UpdateResponse> to) {
        answer(to, UpdateResponse.newBuilder().setProperties(request.getNews()).build());
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<Empty> to) {
        answer(to, Empty.getDefaultInstance());
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadResponse> to) {
        var known = request.getInputs().getFieldsCount() > 0;
        var drifted = request.getUrn().contains(":Service::") && Files.exists(folder.resolve(DRIFT));
        var inputs = drifted ? byHand(request.getInputs()) : request.getInputs();
        answer(
                to,
                ReadResponse.newBuilder()
                        .setId(request.getId())
                        .setInputs(inputs)
                        .setProperties(known ? inputs : identity(request.getId()))
                        .build());
    }

    private static Struct byHand(Struct inputs) {
        return inputs.toBuilder().putFields("immutable", text("by hand")).build();
    }

    /** Of an object that the program asks for and does not declare: the namespace by which it knows the cluster. */
    private static Struct identity(String name) {
        var metadata = Struct.newBuilder().putFields("name", text(name)).putFields("uid", text("1b2c"));
        return Struct.newBuilder()
                .putFields(
                        "metadata", Value.newBuilder().setStructValue(metadata).build())
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static <T> void answer(StreamObserver<T> to, T value) {
        to.onNext(value);
        to.onCompleted();
    }
}
