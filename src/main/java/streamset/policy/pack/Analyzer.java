package streamset.policy.pack;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import pulumirpc.AnalyzerGrpc;
import pulumirpc.AnalyzerOuterClass.AnalyzeDiagnostic;
import pulumirpc.AnalyzerOuterClass.AnalyzeRequest;
import pulumirpc.AnalyzerOuterClass.AnalyzeResponse;
import pulumirpc.AnalyzerOuterClass.AnalyzeStackRequest;
import pulumirpc.AnalyzerOuterClass.AnalyzerHandshakeRequest;
import pulumirpc.AnalyzerOuterClass.AnalyzerHandshakeResponse;
import pulumirpc.AnalyzerOuterClass.AnalyzerInfo;
import pulumirpc.AnalyzerOuterClass.AnalyzerResource;
import pulumirpc.AnalyzerOuterClass.AnalyzerStackConfigureRequest;
import pulumirpc.AnalyzerOuterClass.AnalyzerStackConfigureResponse;
import pulumirpc.AnalyzerOuterClass.ConfigureAnalyzerRequest;
import pulumirpc.AnalyzerOuterClass.EnforcementLevel;
import pulumirpc.AnalyzerOuterClass.PolicyInfo;
import pulumirpc.AnalyzerOuterClass.PolicyNotApplicable;
import pulumirpc.AnalyzerOuterClass.PolicyType;
import pulumirpc.AnalyzerOuterClass.RemediateResponse;
import pulumirpc.Plugin.PluginInfo;
import streamset.cluster.ProgramVersion;
import streamset.config.RawConfig;
import streamset.config.Rule;
import streamset.config.Waivers;
import streamset.policy.Breach;
import streamset.policy.Rules;
import streamset.problems.Problems;

/** Answers the engine. Rules on a single object are judged before it is declared, the others when all are known. */
final class Analyzer extends AnalyzerGrpc.AnalyzerImplBase {
    /** The engine's own limit. */
    static final int LARGEST_MESSAGE_BYTES = 400 << 20;

    private static final String NAME = "streamset";
    private static final String OF_KUBERNETES = "kubernetes:";

    private volatile Waivers waivers = Waivers.NONE;

    @Override
    public void handshake(AnalyzerHandshakeRequest request, StreamObserver<AnalyzerHandshakeResponse> answer) {
        reply(answer, AnalyzerHandshakeResponse.getDefaultInstance());
    }

    @Override
    public void getPluginInfo(Empty request, StreamObserver<PluginInfo> answer) {
        reply(answer, PluginInfo.newBuilder().setVersion(ProgramVersion.TEXT).build());
    }

    @Override
    public void getAnalyzerInfo(Empty request, StreamObserver<AnalyzerInfo> answer) {
        var info = AnalyzerInfo.newBuilder()
                .setName(NAME)
                .setDisplayName(NAME)
                .setVersion(ProgramVersion.TEXT)
                .setDescription("what a PostgreSQL cluster of streamset should have");
        Arrays.stream(Rule.values()).map(Analyzer::policy).forEach(info::addPolicies);
        reply(answer, info.build());
    }

    private static PolicyInfo policy(Rule rule) {
        return PolicyInfo.newBuilder()
                .setName(rule.key())
                .setDisplayName(rule.key())
                .setDescription(rule.demand())
                .setEnforcementLevel(EnforcementLevel.MANDATORY)
                .setPolicyType(
                        rule == Rule.POD_DISRUPTION_BUDGET
                                ? PolicyType.POLICY_TYPE_STACK
                                : PolicyType.POLICY_TYPE_RESOURCE)
                .build();
    }

    /** Waivers are in the stack's configuration; the program refuses those that cannot be read. */
    @Override
    public void configureStack(
            AnalyzerStackConfigureRequest request, StreamObserver<AnalyzerStackConfigureResponse> answer) {
        var config = new RawConfig(request.getConfigMap(), Set.copyOf(request.getConfigSecretKeysList()));
        waivers = Waivers.of(config, new Problems());
        reply(answer, AnalyzerStackConfigureResponse.getDefaultInstance());
    }

    @Override
    public void configure(ConfigureAnalyzerRequest request, StreamObserver<Empty> answer) {
        reply(answer, Empty.getDefaultInstance());
    }

    @Override
    public void analyze(AnalyzeRequest request, StreamObserver<AnalyzeResponse> answer) {
        var object = Properties.json(request.getProperties());
        reply(
                answer,
                request.getType().startsWith(OF_KUBERNETES)
                        ? response(Rules.ofObject(object), request.getUrn())
                        : AnalyzeResponse.getDefaultInstance());
    }

    @Override
    public void analyzeStack(AnalyzeStackRequest request, StreamObserver<AnalyzeResponse> answer) {
        var objects = request.getResourcesList().stream()
                .filter(resource -> resource.getType().startsWith(OF_KUBERNETES))
                .map(AnalyzerResource::getProperties)
                .map(Properties::json)
                .toList();
        reply(answer, response(Rules.ofAll(objects), ""));
    }

    @Override
    public void remediate(AnalyzeRequest request, StreamObserver<RemediateResponse> answer) {
        reply(answer, RemediateResponse.getDefaultInstance());
    }

    @Override
    public void cancel(Empty request, StreamObserver<Empty> answer) {
        reply(answer, Empty.getDefaultInstance());
    }

    private AnalyzeResponse response(List<Breach> breaches, String urn) {
        var known = waivers.reasons();
        var response = AnalyzeResponse.newBuilder();
        for (var breach : breaches) {
            var rule = breach.rule();
            if (known.containsKey(rule)) {
                response.addNotApplicable(PolicyNotApplicable.newBuilder()
                        .setPolicyName(rule.key())
                        .setReason("waived: " + known.get(rule)));
            } else {
                response.addDiagnostics(AnalyzeDiagnostic.newBuilder()
                        .setPolicyName(rule.key())
                        .setPolicyPackName(NAME)
                        .setPolicyPackVersion(ProgramVersion.TEXT)
                        .setDescription(rule.demand())
                        .setMessage(breach.text() + "\nfix: " + breach.fix())
                        .setEnforcementLevel(EnforcementLevel.MANDATORY)
                        .setUrn(urn));
            }
        }
        return response.build();
    }

    private static <T> void reply(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
