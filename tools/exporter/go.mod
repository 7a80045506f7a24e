// The exporter with which the tests try streamset:metrics; its version is that of the default image.
module streamset/tools/exporter

go 1.25.0

require github.com/prometheus-community/postgres_exporter v0.19.1
