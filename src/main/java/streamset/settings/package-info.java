/**
 * The settings of the servers: what people wrote, what is computed and fixed, what takes effect and why, and whether it can
 * work.
 *
 * <p>A package uses only packages to the left of it:
 *
 * <pre>problems, units, objects → catalog, pod → config → conf, sizing → features → features.backup, features.clients, features.databases, features.hugepages, features.metrics, features.restore, features.scheduling, features.services, features.tls, features.walvolume, conf.hba → settings → cluster → metrics → patroni → node → plan.reading → plan.differences, plan.refusals → plan.steps → plan → policy → kubernetes → App → policy.pack → review.report → review.report.page → review</pre>
 */
package streamset.settings;
