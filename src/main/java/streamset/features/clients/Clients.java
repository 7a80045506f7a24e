package streamset.features.clients;

import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.Feature;
import streamset.features.Parts;
import streamset.features.PeerFields;
import streamset.features.Peers;

/** {@code streamset:clients}: who reaches the servers over the network; everybody unless it is set. */
public final class Clients implements Feature {
    @Override
    public Parts read(Section keys, StackConfig config) {
        var peers = PeerFields.all(keys.objects(Peers.KEY));
        return peers.isEmpty() ? Parts.NONE : Parts.of(new Peers(peers));
    }
}
