package streamset.plan.steps;

import java.util.ArrayList;
import java.util.List;
import streamset.plan.differences.Update;

/** What an update does to the cluster, in the order in which it happens. */
public final class Steps {
    private final Update update;
    private final TopologySteps topology;
    private final List<Step> steps = new ArrayList<>();

    private Steps(Update update) {
        this.update = update;
        this.topology = new TopologySteps(update.before(), update.after());
    }

    /** @return none only when no object changes */
    public static List<Step> of(Update update) {
        var steps = new Steps(update);
        var conf = new ConfSteps(update);
        var objects = new ObjectSteps(update, steps.topology);
        steps.add(conf.check());
        steps.add(new StackSteps(update).steps());
        steps.add(objects.others());
        steps.add(new VolumeSteps(update.before(), update.after()).growing());
        steps.add(conf.distribute());
        var restarts = new RestartSteps(update, steps.topology).steps();
        if (update.recreatesPods()) { // whose pods then sort out by themselves who is primary
            steps.add(restarts);
            steps.add(steps.topology.beforeRestarts());
        } else {
            steps.add(steps.topology.beforeRestarts());
            steps.add(restarts);
        }
        steps.add(steps.topology.afterRestarts());
        steps.add(new DatabaseSteps(update).steps());
        steps.add(new ArchiveSteps(update).steps());
        steps.add(objects.jobs());
        // the program's own comments, and the digests that tie conf files to pods, change with most steps
        if (steps.steps.equals(conf.check())) {
            steps.add(conf.comments());
        }
        if (steps.steps.isEmpty()) {
            steps.add(objects.all());
        }
        return List.copyOf(steps.steps);
    }

    private void add(List<Step> more) {
        steps.addAll(more);
    }
}
