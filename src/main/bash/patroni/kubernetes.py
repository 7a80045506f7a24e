"""What Patroni does not do by itself to the objects that it keeps its state in. Only Python's own library is used.

take-role LABEL SELECTOR   takes a role label from all other pods that match: a pod whose node is gone cannot do it itself
give-back PREFIX           gives the lease back that this pod's name has, and says so; nothing where another one has it
forget PREFIX              forgets who led, and who was synchronous, in an earlier time on this engine
"""

import json
import os
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request

SECONDS = 3
TRIES = 3
ACCOUNT = os.environ.get("STREAMSET_ACCOUNT", "/var/run/secrets/kubernetes.io/serviceaccount")


def content(name):
    with open(os.path.join(ACCOUNT, name), encoding="utf-8") as file:
        return file.read().strip()


def server():
    if "STREAMSET_API" in os.environ:
        return os.environ["STREAMSET_API"]
    host = os.environ["KUBERNETES_SERVICE_HOST"]
    return "https://%s:%s" % ("[" + host + "]" if ":" in host else host, os.environ["KUBERNETES_SERVICE_PORT"])


def call(method, kind, name="", query=None, body=None):
    url = "%s/api/v1/namespaces/%s/%s" % (server(), content("namespace"), kind + ("/" + name if name else ""))
    if query:
        url += "?" + urllib.parse.urlencode(query)
    request = urllib.request.Request(url, method=method, headers={"Authorization": "Bearer " + content("token")})
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/merge-patch+json")
    context = ssl.create_default_context(cafile=os.path.join(ACCOUNT, "ca.crt")) if url.startswith("https:") else None
    for left in reversed(range(TRIES)):
        try:
            with urllib.request.urlopen(request, timeout=SECONDS, context=context) as answer:
                return json.load(answer)
        except (OSError, urllib.error.URLError) as problem:
            if getattr(problem, "code", 0) == 404:
                return {}
            if not left:
                raise


def take_role(label, selector):
    own = os.environ["HOSTNAME"]
    for pod in call("GET", "pods", query={"labelSelector": selector}).get("items", []):
        name = pod["metadata"]["name"]
        if name != own:
            call("PATCH", "pods", name, body={"metadata": {"labels": {label: None}}})
            print("took the role from", name, flush=True)


def give_back(prefix):
    name = prefix + "-leader"
    metadata = call("GET", "configmaps", name).get("metadata", {})
    if metadata.get("annotations", {}).get("leader") == os.environ["HOSTNAME"]:
        # refused if it has changed since
        body = {"resourceVersion": metadata["resourceVersion"], "annotations": {"leader": None}}
        call("PATCH", "configmaps", name, body={"metadata": body})
        print("given back")


def forget(prefix):
    for name, keys in (
        ("leader", ("leader", "acquireTime", "renewTime", "transitions", "ttl", "optime", "slots", "retain_slots", "failsafe")),
        ("sync", ("leader", "sync_standby", "quorum")),
        ("failover", ("leader", "member", "scheduled_at")),
        ("config", ("history",)),
    ):
        call("PATCH", "configmaps", prefix + "-" + name, body={"metadata": {"annotations": dict.fromkeys(keys)}})


if __name__ == "__main__":
    {"take-role": take_role, "give-back": give_back, "forget": forget}[sys.argv[1]](*sys.argv[2:])
