/**
 * The interface of features: packages to the right know only this interface, and none of the features.
 *
 * <p>A package uses only packages to the left of it:
 *
 * <pre>problems, units, objects → catalog, pod → config → conf, sizing → features → features.backup, features.clients, features.databases, features.hugepages, features.metrics, features.restore, features.scheduling, features.services, features.tls, features.walvolume, conf.hba → settings → cluster → metrics → patroni → node → plan.reading → plan.differences, plan.refusals → plan.steps → plan → policy → kubernetes → App → policy.pack → review.report → review.report.page → review</pre>
 */
package streamset.features;
