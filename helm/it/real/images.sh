#!/usr/bin/env bash
# The images of a node without the Internet, in a registry on loopback: pause, CoreDNS, busybox, stand-ins for the demo's three
# servers, and the services as jib builds them, or as the executables <service>-runner in the folder NATIVE. What is there already stays,
# but for the services (BUILD=false: they too).
#
#   NODE_DATA=<folder> KUBE_BIN=<folder> [NATIVE=<folder>] helm/it/real/images.sh
#
# Stand-ins keep the contract of the images that the chart names (user, paths, variables, volumes) as far as it is used:
# PostgreSQL is Debian's, Kafka and Keycloak are Maven Central's. REGISTRY_PORT (25005).
set -euo pipefail
repository=$(cd "$(dirname "$0")/../../.." && pwd)
port=${REGISTRY_PORT:-25005}
registry=127.0.0.1:$port
mkdir -p "$NODE_DATA"
[ -z "${NATIVE:-}" ] || { NATIVE=$(realpath "$NATIVE"); ls "$NATIVE"/*-service-runner >/dev/null; }
cd "$NODE_DATA"

cat > registry.yml <<YAML
version: 0.1
storage: {filesystem: {rootdirectory: $NODE_DATA/registry}}
http: {addr: "$registry"}
log: {level: error}
YAML
docker-registry serve registry.yml > registry.log 2>&1 &
registry_pid=$!
trap 'kill "$registry_pid" 2>/dev/null || true; rm -rf layout bundle' EXIT
for _ in $(seq 50); do curl -fs "http://$registry/v2/" >/dev/null && break; sleep 0.2; done
if ! kill -0 "$registry_pid" 2>/dev/null || ! curl -fs "http://$registry/v2/" >/dev/null; then
  cat registry.log
  exit 1
fi

has() { skopeo inspect --tls-verify=false --raw "docker://$registry/$1" >/dev/null 2>&1; }
from() { # scratch, or an image of the registry: its files are then in $root
  rm -rf layout bundle
  if [ "$1" = scratch ]; then
    umoci init --layout layout
    umoci new --image layout:it
  else
    skopeo copy -q --src-tls-verify=false "docker://$registry/$1" oci:layout:it
  fi
  umoci unpack --image layout:it bundle
  root=$NODE_DATA/bundle/rootfs
}
push() { # name, options of umoci config
  umoci repack --image layout:it bundle
  umoci config --image layout:it "${@:2}"
  skopeo copy -q --dest-tls-verify=false oci:layout:it "docker://$registry/$1"
  echo "$1"
}
linked() { # programs and libraries: copies what they are linked with
  ldd "$@" 2>/dev/null | grep -o '/[^ ]*\.so[^ ]*' | grep -v "^$root" | sort -u | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -Ln "$library" "$root$library"
  done
}

one_program() { # image, program
  has "$1" && return
  from scratch
  install -D "$KUBE_BIN/$2" "$root/$2"
  push "$1" --config.entrypoint "/$2" --config.user 65535:65535
}

busybox_image() {
  has library/busybox:1.37 && return
  from scratch
  # Debian's own package is dynamic: the static one cannot ask a name server.
  [ -e busybox/bin/busybox ] || { apt-get -q download busybox >/dev/null; dpkg -x busybox_*.deb busybox; rm busybox_*.deb; }
  install -D busybox/bin/busybox "$root/bin/busybox"
  linked busybox/bin/busybox
  for applet in $(busybox/bin/busybox --list); do [ -e "$root/bin/$applet" ] || ln -s busybox "$root/bin/$applet"; done
  install -d -m 1777 "$root/tmp"
  install -d "$root/etc"
  printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' > "$root/etc/passwd"
  # Debian's wget applet does not know -T.
  rm "$root/bin/wget"
  install "$repository/helm/it/real/wget" "$root/bin/wget"
  push library/busybox:1.37 --config.cmd /bin/sh --config.env PATH=/bin
}

java_image() {
  has java:1 && return
  from library/busybox:1.37
  jlink --add-modules "$(java --list-modules | sed 's/@.*//; /incubator/d' | paste -sd,)" --strip-debug --no-header-files --no-man-pages --output "$root/opt/java"
  install -d "$root/usr/bin"
  ln -s /opt/java/bin/java "$root/usr/bin/java"
  mapfile -t programs < <(find "$root/opt/java" -type f \( -name '*.so' -o -name java \))
  linked "${programs[@]}"
  [ ! -d /etc/ssl/certs/java ] || { install -d "$root/etc/ssl/certs"; cp -r /etc/ssl/certs/java "$root/etc/ssl/certs/"; }
  push java:1 --config.env PATH=/usr/bin:/bin --config.env JAVA_HOME=/opt/java --config.env LANG=C.UTF-8
}

postgres_image() { # as the chart's values name it
  has library/postgres:17 && return
  [ -s debian.tar ] || mmdebstrap --quiet --variant=minbase --mode=root --include=postgresql bookworm debian.tar
  from scratch
  tar -C "$root" -xf debian.tar --exclude='./dev/*' --exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./var/lib/apt --exclude=./var/cache
  sed -i 's/^postgres:x:[0-9]*:[0-9]*:/postgres:x:999:999:/' "$root/etc/passwd"
  install "$repository/helm/it/real/postgres" "$root/entrypoint"
  push library/postgres:17 --config.entrypoint /entrypoint --config.env LANG=C.UTF-8 --config.user 999:999 --config.stopsignal SIGINT \
    --config.env "PATH=$(cd "$root" && echo usr/lib/postgresql/*/bin | sed 's|^|/|'):/usr/bin:/bin"
}

maven() { "$repository/mvnw" -q -B -ntp -f "$repository/pom.xml" "$@"; }

kafka_image() {
  has apache/kafka:4.1.1 && return
  [ -d kafka ] || "$repository/mvnw" -q -B -ntp -f "$repository/helm/it/real/kafka.xml" dependency:copy-dependencies -DoutputDirectory="$NODE_DATA/kafka" -DincludeScope=runtime
  from java:1
  install -d "$root/opt/kafka" "$root/var/lib/kafka/data"
  cp -r kafka "$root/opt/kafka/libs"
  install "$repository/helm/it/real/kafka" "$root/opt/kafka/run"
  chown -R 1000:1000 "$root/opt/kafka" "$root/var/lib/kafka"
  push apache/kafka:4.1.1 --config.entrypoint /opt/kafka/run --config.user 1000:1000
}

keycloak=26.4.7
keycloak_image() {
  has keycloak/keycloak:26.4 && return
  [ -s keycloak.zip ] || maven dependency:copy -Dartifact=org.keycloak:keycloak-quarkus-dist:$keycloak:zip -DoutputDirectory="$NODE_DATA" -Dmdep.stripVersion -N
  mv -f keycloak-quarkus-dist.zip keycloak.zip 2>/dev/null || true
  from java:1
  python3 -m zipfile -e keycloak.zip "$root/opt"
  mv "$root/opt/keycloak-$keycloak" "$root/opt/keycloak"
  install -d "$root/opt/keycloak/data"
  chown -R 1000:0 "$root/opt/keycloak"
  # kc.sh wants bash and what the shell finds beside it.
  install -D /bin/bash "$root/bin/bash"
  linked /bin/bash
  chmod +x "$root"/opt/keycloak/bin/kc.sh
  echo 'keycloak:x:1000:0:keycloak:/opt/keycloak:/bin/bash' >> "$root/etc/passwd"
  push keycloak/keycloak:26.4 --config.entrypoint /opt/keycloak/bin/kc.sh --config.user 1000:0
}

native_image() { # service, executable
  from scratch
  install -D "$2" "$root/work/application"
  linked "$2"
  # Those of the build's own folders too, wherever these are: a pod has its own /tmp.
  install -d "$root/work/lib"
  ldd "$2" | grep -o '/[^ ]*\.so[^ ]*' | while read -r library; do cp -L "$library" "$root/work/lib/"; done
  install -d -m 1777 "$root/tmp"
  push "lasttable/$1:it" --config.entrypoint /work/application --config.env LD_LIBRARY_PATH=/work/lib --config.workingdir /work --config.user 1001:0
}

one_program pause:1 pause
one_program coredns:1 coredns
busybox_image
java_image
kafka_image
postgres_image
keycloak_image
[ "${BUILD:-true}" = true ] || exit 0
modules=
for service in booking-service availability-service notify-service; do
  if [ -x "${NATIVE:-}/$service-runner" ]; then
    native_image "$service" "$NATIVE/$service-runner"
  else
    modules+=${modules:+,}$service
  fi
done
[ -n "$modules" ] || exit 0
maven -pl "$modules" -am package -Dmaven.test.skip=true -Dspotless.check.skip \
  -Dquarkus.container-image.build=true -Dquarkus.container-image.push=true -Dquarkus.container-image.registry="$registry" \
  -Dquarkus.container-image.insecure=true -Dquarkus.container-image.tag=it -Dquarkus.jib.base-jvm-image="$registry/java:1" \
  -Dquarkus.jib.base-image-layers-cache="$NODE_DATA/jib" -Dquarkus.jib.application-layers-cache="$NODE_DATA/jib" -DsendCredentialsOverHttp=true
echo "$modules"
