/** pg_hba.conf: the cluster's own lines, and behind them the author's, read as the servers read them. */
package streamset.conf.hba;
