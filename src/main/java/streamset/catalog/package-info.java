/** What each version of PostgreSQL knows of its parameters, and how it reads their values. */
package streamset.catalog;
