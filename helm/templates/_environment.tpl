{{/* Environment variables and files of a container; dict: root, name (booking, availability, notify). */}}

{{/* What the chart sets, and the service's own variables in place of those that have the same name. */}}
{{- define "lasttable.env" -}}
{{- $own := (index .root.Values .name).env -}}
{{- $variables := list -}}
{{- range include "lasttable.env.chart" . | fromYamlArray -}}
{{- if not (hasKey $own .name) -}}{{- $variables = append $variables . -}}{{- end -}}
{{- end -}}
{{- range $variable, $value := $own -}}
{{- $variables = append $variables (dict "name" $variable (kindIs "map" $value | ternary "valueFrom" "value") $value) -}}
{{- end -}}
{{- toYaml $variables -}}
{{- end -}}

{{- define "lasttable.env.chart" -}}
{{- $values := .root.Values -}}
{{- $own := index $values .name -}}
{{ include "lasttable.env.common" . }}
{{- if ne .name "notify" }}
{{ include "lasttable.env.database" . }}
{{- end }}
{{- if ne .name "availability" }}
{{ include "lasttable.env.identity" . }}
{{- end }}
{{- if eq .name "booking" }}
- name: LASTTABLE_RELAY_SHARDS
  value: {{ $own.outboxShards | quote }}
{{- with $own.guestRetentionDays }}
- name: LASTTABLE_GUESTS_RETENTION
  value: P{{ . }}D
{{- end }}
- name: LASTTABLE_TOPICS_PARTITIONS
  value: {{ $values.kafka.topics.partitions | quote }}
{{- end }}
{{- if ne .name "notify" }}
- name: LASTTABLE_TOPICS_REPLICATION_FACTOR
  value: {{ $values.demo.enabled | ternary 1 $values.kafka.topics.replicationFactor | quote }}
- name: QUARKUS_SHUTDOWN_TIMEOUT
  value: {{ $own.shutdown.drainSeconds }}s
{{- end }}
{{- if eq .name "notify" }}
- name: LASTTABLE_AVAILABILITY_URL
  value: http://{{ include "lasttable.objectName" (dict "root" .root "name" "availability") }}
- name: LASTTABLE_BOOKING_URL
  value: http://{{ include "lasttable.objectName" (dict "root" .root "name" "booking") }}
- name: LASTTABLE_LIMITS_CONNECTIONS
  value: {{ include "lasttable.notify.connections" .root | quote }}
- name: LASTTABLE_LIVE_COMPRESSION
  value: {{ $own.compression | quote }}
- name: LASTTABLE_DRAIN_NOTICE
  value: PT3S
- name: LASTTABLE_DRAIN_GRACE
  value: PT{{ $own.shutdown.drainSeconds }}S
{{- with $own.allowedOrigins }}
- name: LASTTABLE_LIMITS_ORIGINS
  value: {{ join "," . | quote }}
{{- end }}
{{- if not $values.web.enabled }}
- name: LASTTABLE_WEB_ENABLED
  value: "false"
{{- else if and $values.demo.enabled $values.demo.publicUrl }}
- name: LASTTABLE_WEB_ISSUER
  value: {{ $values.demo.publicUrl }}/realms/lasttable
{{- else if $values.web.signIn.clientId }}
- name: LASTTABLE_WEB_ISSUER
  value: {{ required "web.signIn.clientId needs an issuer: auth.issuerUrl, or web.signIn.issuerUrl where browsers reach it elsewhere" (coalesce $values.web.signIn.issuerUrl $values.auth.issuerUrl) | quote }}
- name: LASTTABLE_WEB_CLIENT_ID
  value: {{ $values.web.signIn.clientId | quote }}
- name: LASTTABLE_WEB_SCOPE
  value: {{ $values.web.signIn.scope | quote }}
{{- with $values.web.signIn.connect }}
- name: LASTTABLE_WEB_CONNECT
  value: {{ join "," . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "lasttable.env.common" -}}
{{- $values := .root.Values -}}
- name: LASTTABLE_LOG_JSON
  value: "true"
- name: LASTTABLE_LIMITS_PROXIES
  value: {{ $values.ingress.proxies | quote }}
- name: LASTTABLE_TRACING_DISABLED
  value: {{ not $values.tracing.enabled | quote }}
{{- if not $values.docs.enabled }}
- name: LASTTABLE_DOCS_ENABLED
  value: "false"
{{- end }}
{{- if $values.tracing.enabled }}
- name: LASTTABLE_TRACING_RATIO
  value: {{ $values.tracing.ratio | quote }}
- name: QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ required "tracing.enabled needs tracing.endpoint, for example http://otel-collector.observability:4317" $values.tracing.endpoint | quote }}
{{- end }}
{{- $own := index $values .name }}
# Of the JVM images' start script; a native executable does not look at them.
- name: JAVA_MAX_MEM_RATIO
  value: {{ $own.heapPercent | quote }}
{{- with $own.javaOptions }}
{{- with regexFind "-XX:\\+Use\\w+GC" . }}
# In place of the image's collector: two are refused by the JVM.
- name: GC_CONTAINER_OPTIONS
  value: {{ . | quote }}
{{- end }}
- name: JAVA_OPTS_APPEND
  value: {{ printf "-Djava.util.logging.manager=org.jboss.logmanager.LogManager %s" . | quote }}
{{- end }}
{{ include "lasttable.env.kafka" .root }}
{{- end -}}

{{/* Quarkus hands every KAFKA_ variable to the Kafka client under its own name: KAFKA_SASL_MECHANISM is sasl.mechanism. */}}
{{- define "lasttable.env.kafka" -}}
{{- $kafka := .Values.kafka -}}
{{- if .Values.demo.enabled -}}
- name: KAFKA_BOOTSTRAP_SERVERS
  value: {{ include "lasttable.fullname" . }}-kafka:9092
{{- else -}}
{{- $sasl := hasPrefix "SASL_" $kafka.securityProtocol -}}
{{- if and $sasl (eq $kafka.auth.mechanism "none") -}}
{{- fail "kafka.securityProtocol asks for SASL, so kafka.auth.mechanism must not be none" -}}
{{- end -}}
{{- if and (not $sasl) (ne $kafka.auth.mechanism "none") -}}
{{- fail (printf "kafka.auth.mechanism %s needs kafka.securityProtocol SASL_SSL (or SASL_PLAINTEXT), not %s" $kafka.auth.mechanism $kafka.securityProtocol) -}}
{{- end -}}
- name: KAFKA_BOOTSTRAP_SERVERS
  value: {{ $kafka.bootstrapServers | quote }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ $kafka.securityProtocol }}
{{- if $kafka.caConfigMap }}
- name: KAFKA_SSL_TRUSTSTORE_TYPE
  value: PEM
- name: KAFKA_SSL_TRUSTSTORE_LOCATION
  value: /etc/lasttable/kafka-ca/{{ $kafka.caKey }}
{{- end }}
{{- if eq $kafka.auth.mechanism "iam" }}
- name: KAFKA_SASL_MECHANISM
  value: AWS_MSK_IAM
- name: KAFKA_SASL_JAAS_CONFIG
  value: software.amazon.msk.auth.iam.IAMLoginModule required;
- name: KAFKA_SASL_CLIENT_CALLBACK_HANDLER_CLASS
  value: software.amazon.msk.auth.iam.IAMClientCallbackHandler
{{- else if $sasl }}
{{- $secret := required (printf "kafka.auth.mechanism %s needs kafka.auth.existingSecret" $kafka.auth.mechanism) $kafka.auth.existingSecret }}
- name: LASTTABLE_KAFKA_USERNAME
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: {{ $kafka.auth.usernameKey }}}}
- name: LASTTABLE_KAFKA_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: {{ $kafka.auth.passwordKey }}}}
- name: KAFKA_SASL_MECHANISM
  value: {{ upper $kafka.auth.mechanism }}
- name: KAFKA_SASL_JAAS_CONFIG
  value: {{ eq $kafka.auth.mechanism "plain" | ternary "org.apache.kafka.common.security.plain.PlainLoginModule" "org.apache.kafka.common.security.scram.ScramLoginModule" }} required username="$(LASTTABLE_KAFKA_USERNAME)" password="$(LASTTABLE_KAFKA_PASSWORD)";
{{- end }}
{{- end }}
{{- end -}}

{{- define "lasttable.env.database" -}}
{{- $values := .root.Values -}}
{{- $database := (index $values .name).database -}}
{{- $demo := $values.demo.enabled -}}
{{- $secret := $demo | ternary (printf "%s-demo" (include "lasttable.fullname" .root)) (required (printf "%s.database.existingSecret must name a Secret with the database's user and password" .name) $database.existingSecret) -}}
- name: LASTTABLE_DATABASE_HOST
  value: {{ $demo | ternary (printf "%s-postgresql" (include "lasttable.fullname" .root)) $database.host | quote }}
- name: LASTTABLE_DATABASE_PORT
  value: {{ $demo | ternary 5432 $database.port | quote }}
- name: LASTTABLE_DATABASE_NAME
  value: {{ $demo | ternary .name $database.name | quote }}
- name: LASTTABLE_DATABASE_USERNAME
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: {{ $demo | ternary "username" $database.usernameKey }}}}
- name: LASTTABLE_DATABASE_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: {{ $demo | ternary "password" $database.passwordKey }}}}
{{- if $demo }}
- name: LASTTABLE_DATABASE_SSL_MODE
  value: disable
{{- else }}
- name: LASTTABLE_DATABASE_SSL_MODE
  value: {{ $values.database.tls.mode }}
{{- if eq $values.database.tls.mode "require" }}
# JDBC asks nobody in this mode; the reactive client has to be told.
- name: QUARKUS_DATASOURCE_REACTIVE_TRUST_ALL
  value: "true"
{{- end }}
{{- if eq $values.database.tls.mode "verify-full" }}
{{- $configMap := required "database.tls.mode verify-full needs database.tls.caConfigMap, a ConfigMap with the CA bundle (RDS: docs/deployment/rds.md)" $values.database.tls.caConfigMap }}
- name: LASTTABLE_DATABASE_CA_FILE
  value: /etc/lasttable/database-ca/{{ $values.database.tls.caKey }}
- name: QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM
  value: "true"
- name: QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS
  value: /etc/lasttable/database-ca/{{ $values.database.tls.caKey }}
- name: QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM
  value: HTTPS
{{- end }}
{{- end }}
{{- end -}}

{{/* Who may call: the OIDC issuer, and the key of watch tokens that booking signs with and notify verifies with. */}}
{{- define "lasttable.env.identity" -}}
{{- $auth := .root.Values.auth -}}
{{- $oidc := .root.Values.oidc -}}
{{- $demo := .root.Values.demo.enabled -}}
{{- with include "lasttable.issuerUrl" .root -}}
- name: LASTTABLE_OIDC_ISSUER_URL
  value: {{ . | quote }}
{{- else -}}
- name: QUARKUS_OIDC_TENANT_ENABLED
  value: "false"
{{- end }}
- name: LASTTABLE_OIDC_AUDIENCE
  value: {{ include "lasttable.audience" .root | quote }}
- name: LASTTABLE_OIDC_VENUES_CLAIM
  value: {{ $oidc.venuesClaim | quote }}
{{- with $oidc.scopeClaims }}
- name: LASTTABLE_OIDC_SCOPE_CLAIMS
  value: {{ join "," . | quote }}
{{- end }}
{{- with $oidc.scopePrefix }}
- name: LASTTABLE_OIDC_SCOPE_PREFIX
  value: {{ . | quote }}
{{- end }}
- name: LASTTABLE_WATCH_TOKEN_KEY
  valueFrom:
    secretKeyRef:
      name: {{ $demo | ternary (printf "%s-demo" (include "lasttable.fullname" .root)) (required "auth.watchTokenKey.existingSecret must name a Secret" $auth.watchTokenKey.existingSecret) }}
      key: {{ $demo | ternary "watch-token-key" $auth.watchTokenKey.key }}
{{- if and $auth.watchTokenKey.otherKey (not $demo) }}
- name: LASTTABLE_WATCH_TOKEN_OTHER_KEY
  valueFrom:
    secretKeyRef:
      name: {{ $auth.watchTokenKey.existingSecret }}
      key: {{ $auth.watchTokenKey.otherKey }}
{{- end }}
{{- end -}}

{{- define "lasttable.volumeMounts" -}}
{{- $values := .root.Values -}}
- name: tmp
  mountPath: /tmp
{{- if not $values.demo.enabled }}
{{- if and (ne .name "notify") (eq $values.database.tls.mode "verify-full") }}
- name: database-ca
  mountPath: /etc/lasttable/database-ca
  readOnly: true
{{- end }}
{{- if $values.kafka.caConfigMap }}
- name: kafka-ca
  mountPath: /etc/lasttable/kafka-ca
  readOnly: true
{{- end }}
{{- end }}
{{- with (index $values .name).volumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "lasttable.volumes" -}}
{{- $values := .root.Values -}}
- name: tmp
  emptyDir: {sizeLimit: 256Mi}
{{- if not $values.demo.enabled }}
{{- if and (ne .name "notify") (eq $values.database.tls.mode "verify-full") }}
- name: database-ca
  configMap: {name: {{ $values.database.tls.caConfigMap }}}
{{- end }}
{{- if $values.kafka.caConfigMap }}
- name: kafka-ca
  configMap: {name: {{ $values.kafka.caConfigMap }}}
{{- end }}
{{- end }}
{{- with (index $values .name).volumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
