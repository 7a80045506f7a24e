package streamset.plan.differences;

/** A place in which an object is to be another than the one of the same name that is there. */
public record ObjectChange(ObjectName object, Difference difference) {}
