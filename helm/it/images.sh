#!/usr/bin/env bash
# Proves that the images build and start, without a container engine's daemon and without the Internet: a registry on
# loopback, a base image made from this machine's JDK, jib, and containers as restricted as the chart's.
#
#   helm/it/images.sh [module...]          default: the three services
#
# Needs docker-registry, skopeo, umoci, podman and runc (Debian packages of these names), a JDK, and root.
# With DATABASE_PORT and KAFKA_PORT (./mvnw -Plocal -Dlocal.run=infra starts both) the services become ready; without
# them notify-service has to answer its liveness probe, and booking-service has to say what it misses.
# REGISTRY_PORT (5005) and HTTP_PORT (5081) can be set. Builds go on in parallel to nothing else: it takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
for tool in docker-registry skopeo umoci podman runc jlink curl; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

modules=("$@")
[ ${#modules[@]} -gt 0 ] || modules=(booking-service availability-service notify-service)
port=${REGISTRY_PORT:-5005}
http=${HTTP_PORT:-5081}
registry=127.0.0.1:$port
work=$(mktemp -d)
containers=()
cleanup() {
  for container in "${containers[@]}"; do podman rm -f "$container" >/dev/null 2>&1 || true; done
  [ -z "${registry_pid:-}" ] || kill "$registry_pid" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

say() { printf '\n== %s\n' "$*"; }

say "registry on $registry"
cat > "$work/registry.yml" <<YAML
version: 0.1
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: "$registry"}
log: {level: error}
YAML
docker-registry serve "$work/registry.yml" > "$work/registry.log" 2>&1 &
registry_pid=$!
for _ in $(seq 50); do curl -fs "http://$registry/v2/" >/dev/null && break; sleep 0.2; done
curl -fs "http://$registry/v2/" >/dev/null || { cat "$work/registry.log"; exit 1; }

say "base image from this JDK"
umoci init --layout "$work/base"
umoci new --image "$work/base:1"
umoci unpack --image "$work/base:1" "$work/bundle"
root=$work/bundle/rootfs
jlink --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.management,jdk.zipfs,jdk.net,jdk.security.auth,jdk.security.jgss \
  --strip-debug --no-header-files --no-man-pages --output "$root/opt/java"
mkdir -p "$root/usr/bin" "$root/tmp" "$root/etc"
ln -s /opt/java/bin/java "$root/usr/bin/java"
# glibc, zlib and what else java and its libraries are linked with
find "$root/opt/java" -type f \( -name '*.so' -o -name java \) -exec ldd {} + 2>/dev/null \
  | grep -o '/[^ ]*\.so[^ ]*' | grep -v "^$root" | sort -u | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -Ln "$library" "$root$library"
  done
[ ! -d /etc/ssl/certs/java ] || { mkdir -p "$root/etc/ssl/certs"; cp -r /etc/ssl/certs/java "$root/etc/ssl/certs/"; }
umoci repack --image "$work/base:1" "$work/bundle"
umoci config --image "$work/base:1" --config.env PATH=/usr/bin --config.env LANG=C.UTF-8
skopeo copy -q --dest-tls-verify=false "oci:$work/base:1" "docker://$registry/base:1"

for module in "${modules[@]}"; do
  say "$module: build and push, twice, to compare"
  for round in 1 2; do
    ./mvnw -q -B -Psbom -pl "$module" -am package -Dmaven.test.skip=true \
      -Dquarkus.container-image.build=true -Dquarkus.container-image.push=true \
      -Dquarkus.container-image.registry="$registry" -Dquarkus.container-image.insecure=true \
      -Dquarkus.container-image.tag=it -Dquarkus.jib.base-jvm-image="$registry/base:1" \
      -Dquarkus.jib.base-image-layers-cache="$work/cache" -Dquarkus.jib.application-layers-cache="$work/cache-application" \
      -DsendCredentialsOverHttp=true
    skopeo inspect --tls-verify=false --format '{{range .Layers}}{{println .}}{{end}}' \
      "docker://$registry/lasttable/$module:it" | sed '/^$/d' > "$work/layers$round"
  done
  # Quarkus numbers the proxies in its start-up code in the order in which parallel build steps happen to end: that layer may differ.
  different=$(comm -13 <(sort "$work/layers1") <(sort "$work/layers2") | wc -l)
  echo "$(wc -l < "$work/layers2") layers, $different differ in the second build"
  [ "$different" -le 1 ] || { echo "only the layer of generated code may differ"; exit 1; }
  skopeo inspect --tls-verify=false --config "docker://$registry/lasttable/$module:it" > "$work/config"
  for label in "title\": *\"$module\"" description licenses; do
    grep -q "\"org.opencontainers.image.$label" "$work/config" || { echo "lacks the label $label"; exit 1; }
  done

  # Every jar in the image is in the bill of materials: group.artifact-version, and a classifier if it has one.
  ls "$module"/target/quarkus-app/lib/*/ | sed -n 's/\.jar$//p' | sort -u > "$work/jars"
  grep -o 'pkg:maven/[^"]*' "$module/target/bom.json" | sed 's|^pkg:maven/||; s|?.*classifier=\([^&]*\).*|-\1|; s|?.*||; s|/|.|; s|@|-|' | sort -u > "$work/bill"
  missing=$(comm -23 "$work/jars" "$work/bill")
  [ -z "$missing" ] || { echo "not in the bill of materials: $missing"; exit 1; }
  echo "$(wc -l < "$work/jars") jars, all in the bill of materials"
done

# As the chart runs them: a foreign user, read-only, no capabilities. runc needs limits that this shell may set.
files=$(ulimit -Hn)
files=${files/unlimited/65536}
mkdir -m 1777 "$work/tmp"
run() {
  podman --runtime runc run --tls-verify=false --network host --user 10001:10001 --read-only --volume "$work/tmp:/tmp" \
    --cap-drop ALL --security-opt no-new-privileges --ulimit nofile="$files:$files" --ulimit nproc=4096:4096 \
    -e QUARKUS_HTTP_HOST=127.0.0.1 -e QUARKUS_HTTP_PORT="$http" -e QUARKUS_MANAGEMENT_HOST=127.0.0.1 -e QUARKUS_MANAGEMENT_PORT="$((http + 1000))" -e LASTTABLE_LOG_JSON=false \
    -e KAFKA_BOOTSTRAP_SERVERS="127.0.0.1:${KAFKA_PORT:-9}" -e LASTTABLE_DATABASE_PORT="${DATABASE_PORT:-9}" \
    -e LASTTABLE_WATCH_TOKEN_KEY=only-for-this-test-0123456789abcdef -e LASTTABLE_OIDC_AUDIENCE=lasttable -e QUARKUS_OIDC_TENANT_ENABLED=false "$@"
}
answers() { # path
  for _ in $(seq 120); do
    [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$((http + 1000))$1")" = 200 ] && return 0
    sleep 0.5
  done
  return 1
}
serves() { # module, path
  local name=lasttable-it-$1-$$
  containers+=("$name")
  run -d --name "$name" "$registry/lasttable/$1:it" >/dev/null
  answers "$2" || { podman logs "$name" | tail -30; exit 1; }
  podman stop -t 60 "$name" >/dev/null
  podman rm -f "$name" >/dev/null
}
for module in "${modules[@]}"; do
  say "$module: start"
  if [ -n "${DATABASE_PORT:-}" ] && [ -n "${KAFKA_PORT:-}" ]; then
    [ "$module" != booking-service ] || run --rm "$registry/lasttable/$module:it" provision
    serves "$module" /q/health/ready
  elif [ "$module" = notify-service ]; then
    serves "$module" /q/health/live
  elif [ "$module" = booking-service ]; then
    run --rm "$registry/lasttable/$module:it" provision > "$work/out" 2>&1 && { echo "provision cannot have worked"; exit 1; }
    grep -q "Provisioning failed" "$work/out" || { tail -30 "$work/out"; exit 1; }
  else
    echo "needs DATABASE_PORT"
  fi
done
say "all images build and start"
