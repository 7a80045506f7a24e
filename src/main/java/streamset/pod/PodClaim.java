package streamset.pod;

/** What each pod claims of one kind of volume. */
public record PodClaim(VolumeKind kind, Volume volume) {}
