"""archive.py LAYERS: writes every image of the testbed to stdout, as one archive that `ctr images import -` reads.

LAYERS holds the layers as tar files; two images that share a layer share its file in the archive.
"""

import hashlib
import io
import json
import pathlib
import sys
import tarfile

CREATED = "2026-01-01T00:00:00Z"  # fixed: the same layers give the same image


def postgres(major: int, pgdata: str, volume: str) -> dict:
    """The configuration of the official image."""
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return {
        "Env": [
            f"PATH={path}:/usr/lib/postgresql/{major}/bin",
            "LANG=en_US.utf8",
            f"PG_MAJOR={major}",
            f"PGDATA={pgdata}",
        ],
        "Entrypoint": ["docker-entrypoint.sh"],
        "Cmd": ["postgres"],
        "StopSignal": "SIGINT",  # PostgreSQL's fast shutdown
        "ExposedPorts": {"5432/tcp": {}},
        "Volumes": {volume: {}},
    }


IMAGES = {  # name: (layers, configuration)
    "localhost/pause:testbed": (["pause"], {"Entrypoint": ["/pause", "-P"]}),
    "localhost/coredns:testbed": (["coredns"], {"Entrypoint": ["/coredns"]}),
    # with a shell, as the exporter's own image has one
    "localhost/postgres-exporter:testbed": (["base", "exporter"], {"Entrypoint": ["/usr/bin/postgres_exporter"]}),
    "docker.io/library/postgres:15": (
        ["base", "postgres-15"],
        postgres(15, "/var/lib/postgresql/data", "/var/lib/postgresql/data"),
    ),
    "docker.io/library/postgres:18": (
        ["base", "postgres-18"],
        postgres(18, "/var/lib/postgresql/18/docker", "/var/lib/postgresql"),
    ),
    # what images/patroni makes of them
    "localhost/postgres-patroni:15": (
        ["base", "postgres-15", "patroni"],
        postgres(15, "/var/lib/postgresql/data", "/var/lib/postgresql/data"),
    ),
    "localhost/postgres-patroni:18": (
        ["base", "postgres-18", "patroni"],
        postgres(18, "/var/lib/postgresql/18/docker", "/var/lib/postgresql"),
    ),
    # what images/pgbackrest makes of them
    "localhost/postgres-pgbackrest:15": (
        ["base", "postgres-15", "pgbackrest"],
        postgres(15, "/var/lib/postgresql/data", "/var/lib/postgresql/data"),
    ),
    "localhost/postgres-pgbackrest:18": (
        ["base", "postgres-18", "pgbackrest"],
        postgres(18, "/var/lib/postgresql/18/docker", "/var/lib/postgresql"),
    ),
    "localhost/versitygw:testbed": (["base", "versitygw"], {"Entrypoint": ["versitygw"]}),
}


def sha256(path: pathlib.Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    names = sorted({layer for layers, _ in IMAGES.values() for layer in layers})
    digests = {name: sha256(folder / f"{name}.tar") for name in names}
    manifest = []
    with tarfile.open(fileobj=sys.stdout.buffer, mode="w|") as archive:
        for name, digest in digests.items():
            archive.add(folder / f"{name}.tar", arcname=f"{digest}/layer.tar")
        for name, (layers, config) in IMAGES.items():
            content = json.dumps({
                "architecture": "amd64",
                "os": "linux",
                "created": CREATED,
                "config": config,
                "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digests[layer]}" for layer in layers]},
                "history": [{"created": CREATED, "created_by": layer} for layer in layers],
            }).encode()
            config_name = hashlib.sha256(content).hexdigest() + ".json"
            add(archive, config_name, content)
            manifest.append({
                "Config": config_name,
                "RepoTags": [name],
                "Layers": [f"{digests[layer]}/layer.tar" for layer in layers],
            })
        add(archive, "manifest.json", json.dumps(manifest).encode())


main()
