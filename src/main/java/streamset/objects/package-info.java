/**
 * Kubernetes objects as data, whether they are wanted or there: one way to read both.
 *
 * <p>A package uses only packages to the left of it:
 *
 * <pre>problems, units → catalog → config → conf, sizing → conf.hba, settings → cluster, objects → node → plan.reading → plan.differences, plan.refusals → plan.steps → plan → kubernetes → App → review</pre>
 */
package streamset.objects;
