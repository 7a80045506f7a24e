/**
 * One cluster as it is declared: all that its pods and its objects are made from, checked and computed.
 *
 * <p>A package uses only packages to the left of it:
 *
 * <pre>problems, units → catalog → config → conf, sizing → conf.hba, settings → cluster, objects → node → plan.reading → plan.differences, plan.refusals → plan.steps → plan → kubernetes → App → review</pre>
 */
package streamset.cluster;
