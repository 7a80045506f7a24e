package streamset.node;

import streamset.conf.ConfFiles;
import streamset.pod.VolumeKind;

/** Where pods and Jobs find what they read and write. The scripts have the same paths as their defaults. */
final class Paths {
    /** The scripts, in the same folders as in {@code src/main/bash}. */
    static final String SCRIPTS = "/etc/streamset/scripts";

    /** The folder of the file {@value Topology#FILE}. */
    static final String TOPOLOGY = "/etc/streamset/topology";

    /** A file for each role. */
    static final String PASSWORDS = "/etc/streamset/passwords";

    /** The folder of the file {@value streamset.patroni.PatroniFile#NAME}. */
    static final String PATRONI = "/etc/streamset/patroni";

    /** The conf files as the kubelet brings them. */
    static final String DECLARED_CONF = "/etc/streamset/conf";

    /** The conf files that the server reads: the scripts copy the files for this pod to this folder. */
    static final String CONF = ConfFiles.DIRECTORY;

    /** The server's socket, and files by which the processes of one pod communicate. */
    static final String RUN = "/var/run/postgresql";

    static final String TMP = "/tmp";
    static final String SHARED_MEMORY = "/dev/shm";

    private Paths() {}

    /** PGDATA. A folder below the mount point, because a file system's root has lost+found and cannot be renamed. */
    static String data() {
        return VolumeKind.DATA.path() + "/pgdata";
    }
}
