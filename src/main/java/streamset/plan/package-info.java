/**
 * What an update will do to a cluster that exists: compares what is declared with what was, and refuses what costs data.
 *
 * <p>A package uses only packages to the left of it:
 *
 * <pre>problems, units → catalog → config → conf, sizing → conf.hba, settings → cluster, objects → node → plan.reading → plan.differences, plan.refusals → plan.steps → plan → kubernetes → App → review</pre>
 */
package streamset.plan;
