# shellcheck shell=bash disable=SC2164  # sourced by build.sh, with set -e
# The layer that adds Patroni to the images of PostgreSQL, as images/patroni does for the official ones. PGDG's packages are out of
# reach here, so it is built from Debian's Python and from PyPI.

# Patroni's store needs no more; psycopg2 brings its own libpq.
PATRONI_WHEELS=(
  patroni==4.1.5 psycopg2-binary==2.9.13 PyYAML==6.0.4 urllib3==2.8.0 python-dateutil==2.9.0.post0 six==1.17.0 psutil==7.2.2
)

# what the base does not have of it
PATRONI_PACKAGES=(python3.11-minimal libpython3.11-minimal libpython3.11-stdlib python3.11 libexpat1 libffi8)

build_patroni() {
  local deb
  empty_folder patroni
  apt-get download "${PATRONI_PACKAGES[@]}" || { apt-get update && apt-get download "${PATRONI_PACKAGES[@]}"; }
  for deb in *.deb; do dpkg-deb -x "$deb" layer; done
  cp -a layer/lib/. layer/usr/lib/ # /lib is a link in the base, which a folder would replace
  rm -rf layer/lib layer/etc layer/usr/share layer/usr/lib/python3.11/{ensurepip,idlelib,lib2to3,pydoc_data,tkinter,unittest}
  ln -s python3.11 layer/usr/bin/python3
  python3 -m pip install --quiet --no-deps --only-binary=:all: --implementation cp --python-version 3.11 --no-compile \
    --target layer/opt/patroni "${PATRONI_WHEELS[@]}"
  rm -rf layer/opt/patroni/bin
  install -m 755 /dev/stdin layer/usr/bin/patroni <<'PYTHON'
#!/usr/bin/python3
import sys
sys.path.insert(0, "/opt/patroni")
from patroni.__main__ import main
if __name__ == "__main__":
    main()
PYTHON
  # Pods cannot write there, and else every start of a Python would compile all it imports: Patroni runs one to start the server.
  # pack changes the times by which Python recognizes what it has compiled, so it must not look at them.
  python3 -m compileall -q --invalidation-mode unchecked-hash -s layer -p / layer/opt/patroni layer/usr/lib/python3.11
  pack "$1"
}
