"""What apply.sh does with objects: stage by stage, as the engine would.

merge OBJECTS CLASSES                            one list of both, on standard output
apply CONTEXT NAMESPACE SECONDS DEPLOYED STAGES  brings the objects of STAGES to the cluster
"""

import json
import subprocess
import sys
import time

OWNER = ("app.kubernetes.io/part-of", "app.kubernetes.io/instance")  # labels that say whose a namespace is
CLEANED = ("Job", "ConfigMap")  # kinds with a digest in their names: those no longer declared are deleted


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def merge(objects, classes):
    items = read(objects)["items"] + read(classes)["items"]
    json.dump({"items": items}, sys.stdout)


def key(thing):
    return thing["kind"], thing["metadata"]["name"]


class Cluster:
    def __init__(self, context, namespace, seconds):
        self.base = ["kubectl", "--context", context, "-n", namespace]
        self.end = time.monotonic() + int(seconds)

    def run(self, *arguments, **options):
        left = max(1, self.end - time.monotonic())
        subprocess.run([*self.base, *arguments], check=True, timeout=left, **options)

    def read(self, *arguments):
        """The output; None when kubectl fails, because this user may not read it for example."""
        found = subprocess.run([*self.base, *arguments], timeout=60, stdout=subprocess.PIPE, text=True)
        return found.stdout if found.returncode == 0 else None

    def apply(self, things):
        if things:
            text = json.dumps({"apiVersion": "v1", "kind": "List", "items": things})
            self.run("apply", "--server-side", "--force-conflicts", "-f", "-", input=text, text=True)

    def wait_for_jobs(self, things):
        for thing in things:
            if thing["kind"] == "Job":
                self.wait_for_job(thing["metadata"]["name"])

    def wait_for_job(self, name):
        while True:
            conditions = self.conditions(name)
            if "Complete" in conditions:
                return
            if "Failed" in conditions:
                self.run("logs", f"job/{name}", "--tail=40")
                sys.exit(f"the Job {name} has failed")
            if time.monotonic() > self.end:
                sys.exit(f"the Job {name} has not ended in time")
            time.sleep(0.3)

    def conditions(self, name):
        path = '{range .status.conditions[?(@.status=="True")]}{.type} {end}'
        found = subprocess.run(
            [*self.base, "get", "job", name, "-o", f"jsonpath={path}"],
            check=True, timeout=60, capture_output=True, text=True)
        return found.stdout.split()


def keep_claim_templates(stages, deployed):
    """A StatefulSet's claim templates never change: what exists keeps its own, as the engine is told to ignore them."""
    existing = {key(thing): thing for thing in deployed if thing["kind"] == "StatefulSet"}
    for stage in stages:
        for thing in stage["others"]:
            if key(thing) in existing:
                thing["spec"]["volumeClaimTemplates"] = [
                    {"metadata": {"name": old["metadata"]["name"]},
                     "spec": {field: old["spec"][field] for field in ("accessModes", "resources", "storageClassName")
                              if field in old["spec"]}}
                    for old in existing[key(thing)]["spec"]["volumeClaimTemplates"]]


def engine(thing):
    return thing["metadata"].get("annotations", {}).get("streamset/failover")


def stop_other_engine(cluster, declared, deployed):
    """Deletes a StatefulSet whose pods decide in another way who is primary, as the engine replaces it; returns once all have stopped."""
    wanted = {key(thing): engine(thing) for thing in declared if thing["kind"] == "StatefulSet"}
    for thing in deployed:
        if key(thing) in wanted and wanted[key(thing)] != engine(thing):
            cluster.run("delete", "statefulset", thing["metadata"]["name"], "--cascade=foreground", "--wait")


def labels(thing):
    return [thing["metadata"].get("labels", {}).get(label) for label in OWNER]


def check_owner(cluster, declared):
    """Ends where a declared namespace is there already and somebody else has made it, as App.checkOwner does."""
    for thing in declared:
        if thing["kind"] != "Namespace":
            continue
        name = thing["metadata"]["name"]
        found = cluster.read("get", "namespace", name, "--ignore-not-found", "-o", "json")
        if found is None:
            print(f"it is not known whether the namespace {name} exists: if it does, this stack takes it over", file=sys.stderr)
        elif found.strip() and labels(json.loads(found)) != labels(thing):
            sys.exit(
                f"the namespace {name} exists already, and was not created by this stack, which would take it over and could later"
                " delete it, with everything in it\nfix: pulumi config set streamset:createNamespace false; or another one:"
                " pulumi config set streamset:namespace <name>")


def failed_jobs(deployed):
    return [thing["metadata"]["name"] for thing in deployed if thing["kind"] == "Job"
            and any(one["type"] == "Failed" for one in thing.get("status", {}).get("conditions", []))]


def apply(context, namespace, seconds, deployed_file, stages_file):
    cluster = Cluster(context, namespace, seconds)
    deployed = read(deployed_file)["items"]
    stages = read(stages_file)
    every = [thing for stage in stages for thing in stage["awaited"] + stage["others"]]
    check_owner(cluster, every)
    keep_claim_templates(stages, deployed)
    for name in failed_jobs(deployed):  # replaced, not waited for
        cluster.run("delete", "job", name)
    for stage in stages:
        stop_other_engine(cluster, stage["others"], deployed)
        cluster.apply(stage["awaited"] + stage["others"])
        cluster.wait_for_jobs(stage["awaited"])
    sets = [thing["metadata"]["name"] for thing in every if thing["kind"] == "StatefulSet"]
    for name in sets:
        cluster.run("rollout", "status", "statefulset", name, f"--timeout={seconds}s")
    cluster.wait_for_jobs(every)
    declared = {key(thing) for thing in every}
    for thing in deployed:
        if thing["kind"] in CLEANED and key(thing) not in declared:
            cluster.run("delete", thing["kind"].lower(), thing["metadata"]["name"], "--ignore-not-found")


if __name__ == "__main__":
    {"merge": merge, "apply": apply}[sys.argv[1]](*sys.argv[2:])
