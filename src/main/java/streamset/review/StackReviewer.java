package streamset.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import streamset.cluster.ClusterSpec;
import streamset.config.Waivers;
import streamset.plan.Plan;
import streamset.plan.differences.Comparison;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;
import streamset.policy.Judgement;
import streamset.problems.BadInput;
import streamset.problems.Problem;
import streamset.problems.Problems;
import streamset.review.report.Changes;
import streamset.review.report.Refusal;
import streamset.review.report.Row;
import streamset.review.report.StackReview;
import streamset.review.report.Verdict;
import tools.jackson.core.JacksonException;

/**
 * Reviews one stack.
 *
 * @param project the folder with Pulumi.yaml, as it is to be
 * @param base the same folder as it was
 * @param baseName what people call it
 * @param states a folder with the state of each stack that somebody could read, as of {@code pulumi stack export}
 */
record StackReviewer(Path project, Path base, String baseName, Optional<Path> states, String stack) {
    private static final int NAMED_OBJECTS = 3; // of those that differ from the state; more are counted

    StackReview review() {
        var problems = new Problems();
        var files = new StackFiles(project, stack);
        var file = files.config();
        if (!Files.exists(project.resolve(file))) {
            return notJudged(file + " is no longer there. What the stack has made stays until: pulumi destroy --stack "
                    + stack + ". If it has another name now: pulumi stack rename");
        }
        try {
            return review(
                    Candidate.of(StackFile.read(project, project.resolve(file), problems), project, stack, problems),
                    problems);
        } catch (JacksonException e) {
            return notJudged(stack + ".json is not what pulumi stack export writes");
        } catch (BadInput e) {
            var mending = new Mending(files);
            var edits = new Edits(command -> files);
            var refusals = e.problems().stream()
                    .map(problem -> new Refusal(edits.beside(problem), mending.edit(problem)))
                    .toList();
            return StackReview.refused(stack, comparedWith(), refusals, problems.warnings());
        }
    }

    private StackReview notJudged(String reason) {
        return StackReview.notJudged(stack, reason);
    }

    private StackReview review(Candidate candidate, Problems problems) {
        var stale = stale(candidate);
        var reviewed = DeployedObjects.of(
                Candidate.objects(text(base.resolve(manifests())).orElse("")));
        var state = state();
        var there = state.orElse(reviewed);
        var wanted = candidate.wanted(there);
        var plan = candidate.plan(there, wanted, problems);
        if (plan.isEmpty()) {
            return first(candidate, wanted, state.isPresent(), stale, problems.warnings());
        }
        var base = specOfBase();
        var facts = new StackFacts(plan.get(), base, candidate.spec());
        var rules = rules(there, base, candidate, wanted);
        boolean changes = facts.verdict() != Verdict.NOTHING || rules.change();
        return new StackReview(
                stack,
                rules.dangers().isEmpty() ? facts.verdict() : Verdict.SECOND_APPROVAL,
                comparedWith(),
                plan.get().pause().toSeconds(),
                facts.irreversible(),
                changes ? facts.changes().with(rules.rows(), rules.dangers()) : Changes.NONE,
                List.of(),
                problems.warnings(),
                state.map(found -> differences(found, reviewed, candidate)).orElse(List.of()),
                stale);
    }

    private static RuleFacts rules(
            DeployedObjects there, Optional<ClusterSpec> base, Candidate candidate, WantedObjects wanted) {
        var waivers = base.map(spec -> spec.config().waivers()).orElse(Waivers.NONE);
        return new RuleFacts(
                Judgement.of(there.objects(), waivers),
                Judgement.of(wanted.objects(), candidate.spec().config().waivers()));
    }

    private StackReview first(
            Candidate candidate, WantedObjects wanted, boolean isState, String stale, List<Problem> warnings) {
        var unseen = isState
                ? "the stack's state has no cluster: this is the first deployment"
                : (text(base.resolve(manifests())).isPresent()
                                ? manifests() + " of " + baseName + " cannot be read as reviewed objects"
                                : baseName + " has no reviewed objects of this stack (" + manifests() + ")")
                        + ", so whether a cluster is there was not looked at; if none is, this happens";
        var changes = new Changes(
                List.of(),
                List.of(),
                List.of(),
                Plan.ofFirst(wanted).lines().toList(),
                "",
                "",
                StackFacts.budgets(Optional.empty(), candidate.spec()),
                List.of(),
                List.of(),
                List.of());
        return StackReview.notJudged(stack, comparedWith(), changes, warnings, unseen, stale);
    }

    private String manifests() {
        return "stacks/" + stack + "/manifests.yaml";
    }

    private Optional<Path> stateFile() {
        return states.map(folder -> folder.resolve(stack + ".json")).filter(Files::exists);
    }

    private Optional<DeployedObjects> state() {
        return stateFile()
                .flatMap(StackReviewer::text)
                .map(ExportedState::objects)
                .map(DeployedObjects::of);
    }

    private String comparedWith() {
        return stateFile().isPresent() ? "the state of the stack" : "the reviewed objects of " + baseName;
    }

    /** In what the state is another than what was reviewed. */
    private List<String> differences(DeployedObjects state, DeployedObjects reviewed, Candidate candidate) {
        if (reviewed.objects().isEmpty()) {
            return List.of(baseName + " has no reviewed objects of this stack (" + manifests() + ")");
        }
        var wanted = WantedObjects.of(reviewed.objects(), candidate.spec());
        var rows = StackFacts.rows(
                Comparison.between(state, wanted), wanted.declaration().keeping());
        var names = rows.stream().map(Row.Place::object).distinct().toList();
        var more = names.size() > NAMED_OBJECTS ? " and " + (names.size() - NAMED_OBJECTS) + " more" : "";
        return names.isEmpty()
                ? List.of()
                : List.of("the state is not what was reviewed in " + baseName + ": it differs in "
                        + String.join(", ", names.subList(0, Math.min(NAMED_OBJECTS, names.size()))) + more
                        + "; the plan starts from the state");
    }

    /** What the base's files come to by this program; empty when it does not take them. */
    private Optional<ClusterSpec> specOfBase() {
        var problems = new Problems();
        var file = base.resolve(new StackFiles(base, stack).config());
        try {
            return Optional.of(Candidate.of(StackFile.read(base, file, problems), base, stack, problems)
                    .spec());
        } catch (BadInput e) {
            return Optional.empty();
        }
    }

    private String stale(Candidate candidate) {
        var file = manifests();
        var rendered = Manifests.yaml(Snapshot.of(candidate.firstObjects()), false);
        return Mending.diff(Path.of(file), text(project.resolve(file)), rendered);
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)) // whatever is in it
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
