package streamset.features.walvolume;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamset.config.Keys;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.config.Storage;
import streamset.features.Feature;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.features.PodAddition;
import streamset.features.State;
import streamset.pod.PodClaim;
import streamset.pod.Volume;
import streamset.pod.VolumeKind;
import streamset.sizing.WalSpace;
import streamset.units.ByteSize;
import streamset.units.LikelyAmount;

/** {@code streamset:wal.volume}: pg_wal has its own volume, which data cannot fill. */
public final class WalVolume implements Feature {
    private static final String WAL = "wal";
    private static final String VOLUME = "volume";
    private static final String SHARE = "share";
    private static final VolumeKind KIND = new VolumeKind("wal", WAL + "." + VOLUME, "WAL");

    // A folder below the mount point, because a file system's root has lost+found and cannot be renamed.
    private static final Map<String, String> ENVIRONMENT = Map.of("WALDIR", KIND.path() + "/pg_wal");

    @Override
    public List<VolumeKind> volumes() {
        return List.of(KIND);
    }

    @Override
    public Parts read(Section keys, StackConfig config) {
        var wal = keys.object(WAL);
        return volume(wal)
                .map(volume -> {
                    rejectShare(wal);
                    return Parts.of(
                            new Part.Wal(WalSpace.whole(KIND, volume.size())),
                            new Part.Claimed(new PodClaim(KIND, volume)),
                            new Part.OfServers(new PodAddition(List.of(), List.of(), ENVIRONMENT)));
                })
                .orElse(Parts.NONE);
    }

    private static Optional<Volume> volume(Section wal) {
        var fields = wal.object(VOLUME);
        var size = fields.value(
                "size",
                text -> Optional.of(ByteSize.parseQuantity(text)),
                Optional.<ByteSize>empty(),
                "2Gi",
                LikelyAmount::quantity);
        var className = Storage.className(fields);
        boolean declared = wal.names().contains(VOLUME);
        if (declared && size.isEmpty() && !fields.isFaulty("size") && !wal.isFaulty(VOLUME)) {
            fields.problem(
                    "size", Section.NOT_SET, "a volume for WAL must have a size", fields.setCommand("size", "2Gi"));
        }
        return size.map(bytes -> new Volume(bytes, className));
    }

    private static void rejectShare(Section wal) {
        if (wal.names().contains(SHARE)) {
            wal.problem(
                    SHARE,
                    "set together with " + VOLUME,
                    "WAL has its own volume, and no share of the data volume",
                    wal.removeCommand(SHARE));
        }
    }

    @Override
    public void refuse(State before, State after, Keys keys) {
        before.volume(KIND)
                .ifPresentOrElse(old -> refuseToTakeBack(old, after, keys), () -> refuseToMove(before, after, keys));
    }

    private static void refuseToTakeBack(Volume old, State after, Keys keys) {
        if (after.volume(KIND).isEmpty()) {
            keys.refuse(
                    KIND.key(),
                    Section.NOT_SET,
                    "WAL is on its own volume, without which no server starts",
                    keys.set(KIND.sizeKey(), old.size().quantity()));
        }
    }

    private static void refuseToMove(State before, State after, Keys keys) {
        after.volume(KIND).filter(now -> before.hasPods()).ifPresent(now -> {
            var names = before.names();
            keys.refuse(
                    KIND.sizeKey(),
                    now.size().quantity(),
                    "a StatefulSet never gets another volume: it must be deleted first, which stops all pods, and is then"
                            + " recreated; their data stay",
                    after.kubectl() + " -n " + names.namespace() + " delete statefulset " + names.statefulSet()
                            + "\npulumi refresh\npulumi up");
        });
    }
}
