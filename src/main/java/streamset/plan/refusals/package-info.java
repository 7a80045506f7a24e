/**
 * What no update does, because it could cost data or would stop half-way. All refusals of changes are here.
 *
 * <p>A package uses only packages to the left of it:
 *
 * <pre>problems, units → catalog → config → conf, sizing → conf.hba, settings → cluster, objects → node → plan.reading → plan.differences, plan.refusals → plan.steps → plan → kubernetes → App → review</pre>
 */
package streamset.plan.refusals;
