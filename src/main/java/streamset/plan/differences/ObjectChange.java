package streamset.plan.differences;

/** One difference between a wanted object and the deployed one of the same kind and name. */
public record ObjectChange(ObjectName object, Difference difference) {}
