package streamset.features.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.config.Image;
import streamset.config.Keys;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.Feature;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.features.PodAddition;
import streamset.features.Repository;
import streamset.features.RepositoryFields;
import streamset.features.Restoration;
import streamset.features.State;
import streamset.pod.PodVolume;
import streamset.units.ByteSize;

/** {@code streamset:restore}: a new cluster begins with the data of another one at some point in time. */
public final class Restore implements Feature {
    /** The key, without its namespace. */
    public static final String KEY = "restore";

    private static final String FROM = "from";
    private static final String IMAGE = "image";
    private static final String BACKUP = "backup";
    private static final String SOME_IMAGE = "registry.example.org/postgres-pgbackrest:18";
    private static final ByteSize TMP = ByteSize.ofMegabytes(256); // as the server's
    private static final int GROUP_READABLE = 0440;

    @Override
    public Parts read(Section keys, StackConfig config) {
        var restore = keys.object(KEY);
        if (restore.names().isEmpty()) {
            return Parts.NONE;
        }
        var from = restore.object(FROM);
        var repository = new RepositoryFields(from).read(Optional.empty());
        refuseItsOwn(keys, config, from, repository);
        var target = new Targets(restore).read();
        var image = image(keys, restore);
        return Parts.of(
                new Restoration(
                        repository,
                        image,
                        target.map(Targets.Target::type).orElse(""),
                        target.map(Targets.Target::text).orElse("")),
                new Part.OfServers(
                        new PodAddition(volumes(repository, config.names().restore()), List.of(), Map.of())));
    }

    /** The restored cluster has the identity of the other one, so pgBackRest would mix the two. */
    private static void refuseItsOwn(Section keys, StackConfig config, Section from, Repository repository) {
        var backup = keys.object(BACKUP);
        boolean faulty = Stream.of(backup, from)
                .anyMatch(one -> one.isFaulty(RepositoryFields.PATH) || one.isFaulty(RepositoryFields.BUCKET));
        if (backup.names().isEmpty() || faulty) {
            return;
        }
        var names = config.names();
        var own = backup.value(
                RepositoryFields.PATH, text -> text, "/" + names.namespace() + "/" + names.prefix(), "/postgresql");
        var bucket = backup.value(RepositoryFields.BUCKET, text -> text, "", "backups");
        if (bucket.equals(repository.bucket()) && own.equals(repository.path())) {
            backup.problem(
                    RepositoryFields.PATH,
                    own,
                    "is the place from which the cluster is restored: what it archives would mix with what is there",
                    backup.setCommand(RepositoryFields.PATH, own + "-restored"));
        }
    }

    private static String image(Section keys, Section restore) {
        var backup = keys.object(BACKUP);
        var ofBackup = backup.isFaulty(IMAGE) ? SOME_IMAGE : backup.value(IMAGE, text -> text, "", SOME_IMAGE);
        var image = restore.value(IMAGE, Image::reference, ofBackup, SOME_IMAGE);
        if (image.isEmpty() && !restore.isFaulty(IMAGE)) {
            restore.problem(
                    IMAGE,
                    Section.NOT_SET,
                    "nobody publishes an image with pgBackRest that could be the default",
                    "build one (docs/images.md), then: " + restore.setCommand(IMAGE, "<image>"));
        }
        return image.isEmpty() ? SOME_IMAGE : image;
    }

    private static List<PodVolume> volumes(Repository repository, String configMap) {
        var volumes = new ArrayList<PodVolume>(List.of(
                new PodVolume.Empty(Restoration.TMP_VOLUME, false, TMP),
                new PodVolume.OfConfigMap(Restoration.CONF_VOLUME, configMap, Map.of()),
                new PodVolume.OfSecret(Restoration.SECRET_VOLUME, repository.secret(), GROUP_READABLE)));
        repository
                .authority()
                .ifPresent(secret ->
                        volumes.add(new PodVolume.OfSecret(Restoration.AUTHORITY_VOLUME, secret, GROUP_READABLE)));
        return volumes;
    }

    /** Data that are there stay: all that another target would do is restart the pods. */
    @Override
    public void refuse(State before, State after, Keys keys) {
        if (before.hasPods()
                && after.restored().isPresent()
                && !after.restored().equals(before.restored())) {
            keys.refuse(
                    KEY,
                    after.restored().get(),
                    "has no effect: the cluster exists, and its data stay. A new cluster is restored, under another name or in another"
                            + " namespace",
                    keys.remove(KEY));
        }
    }
}
