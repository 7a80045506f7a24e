/**
 * The contract with the pods: everything that this program and the scripts in the pods must agree on. This package describes
 * what runs in the pods as plain data; {@code kubernetes} makes objects from it, and {@code plan} reads it back from them.
 *
 * <p>A package uses only packages to the left of it:
 *
 * <pre>problems, units, objects → catalog, pod → config → conf, sizing → features → features.backup, features.clients, features.databases, features.hugepages, features.metrics, features.restore, features.scheduling, features.services, features.tls, features.walvolume, conf.hba → settings → cluster → metrics → patroni → node → plan.reading → plan.differences, plan.refusals → plan.steps → plan → policy → kubernetes → App → policy.pack → review.report → review.report.page → review</pre>
 */
package streamset.node;
