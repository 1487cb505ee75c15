{{/* Start of all names. */}}
{{- define "lasttable.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The services in the order in which a booking travels; the port is the one of quarkus.http.port. */}}
{{- define "lasttable.services" -}}
booking: {port: 8081}
availability: {port: 8082}
notify: {port: 8083}
{{- end -}}

{{- define "lasttable.port" -}}
{{- (index (include "lasttable.services" . | fromYaml) .name).port -}}
{{- end -}}

{{/* quarkus.management.port of all three. */}}
{{- define "lasttable.managementPort" -}}9000{{- end -}}

{{/* The helpers below take a dict: root (the top scope) and name (booking, availability, notify, provision, ...). */}}

{{- define "lasttable.objectName" -}}
{{- if has .name (list "booking" "availability" "notify") -}}
{{ include "lasttable.fullname" .root }}-{{ .name }}-service
{{- else -}}
{{ include "lasttable.fullname" .root }}-{{ .name }}
{{- end -}}
{{- end -}}

{{/* What a quarkus-kubernetes manifest calls the application; container and label app.kubernetes.io/name. */}}
{{- define "lasttable.application" -}}
{{- if has .name (list "booking" "availability" "notify") -}}{{ .name }}-service{{- else -}}{{ .name }}{{- end -}}
{{- end -}}

{{- define "lasttable.selectorLabels" -}}
app.kubernetes.io/name: {{ include "lasttable.application" . }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: lasttable
{{- end -}}

{{- define "lasttable.labels" -}}
{{ include "lasttable.selectorLabels" . }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Metadata of an object; beside root and name: as (its own name), labels and annotations (maps). */}}
{{- define "lasttable.metadata" -}}
name: {{ default (include "lasttable.objectName" .) .as }}
labels:
  {{- include "lasttable.labels" . | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) (default dict .annotations) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Labels and annotations of a pod; dict: root, name, pod (the values that add some), annotations (a map). */}}
{{- define "lasttable.podMetadata" -}}
labels:
  {{- include "lasttable.labels" . | nindent 2 }}
  {{- with .pod.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) .pod.podAnnotations (default dict .annotations) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Who may pull, and where the pod may run; dict: root, pod (the values that say so). */}}
{{- define "lasttable.placement" -}}
{{- with .root.Values.images.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- range $key := list "nodeSelector" "tolerations" "affinity" "priorityClassName" }}
{{- with get $.pod $key }}
{{ dict $key . | toYaml }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "lasttable.serviceAccountName" -}}
{{- $account := (index .root.Values .name).serviceAccount -}}
{{- if $account.create -}}
{{ default (include "lasttable.objectName" .) $account.name }}
{{- else -}}
{{ default "default" $account.name }}
{{- end -}}
{{- end -}}

{{/* registry/repository@digest or registry/repository:tag */}}
{{- define "lasttable.image" -}}
{{- $images := .root.Values.images -}}
{{- $image := (index .root.Values .name).image -}}
{{- $repository := $image.repository -}}
{{- if $images.registry -}}
{{- $repository = printf "%s/%s" $images.registry $image.repository -}}
{{- else if not (or (regexMatch "^[^/]*[.:][^/]*/" $repository) (hasPrefix "localhost/" $repository)) -}}
{{- fail (printf "images.registry is empty, and %s without a registry is a name at Docker Hub that anybody may own: name the registry that you have pushed the images to (docs/deployment/images.md)" $repository) -}}
{{- end -}}
{{- if $image.digest -}}
{{ $repository }}@{{ $image.digest }}
{{- else -}}
{{ $repository }}:{{ coalesce $image.tag $images.tag .root.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "lasttable.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "lasttable.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Seconds; the one source of the drain's times, so that they cannot contradict each other. */}}
{{- define "lasttable.terminationGracePeriodSeconds" -}}
{{- add .shutdown.preStopSeconds .shutdown.drainSeconds 20 -}}
{{- end -}}
{{- define "lasttable.deregistrationDelaySeconds" -}}
{{- add .shutdown.preStopSeconds .shutdown.drainSeconds 10 -}}
{{- end -}}

{{- define "lasttable.issuerUrl" -}}
{{- if .Values.demo.enabled -}}
http://{{ include "lasttable.fullname" . }}-keycloak:8080/realms/lasttable
{{- else -}}
{{ .Values.auth.issuerUrl }}
{{- end -}}
{{- end -}}

{{/* The services want one at every start; without an issuer no token is believed, whatever it is. */}}
{{- define "lasttable.audience" -}}
{{- if and .Values.auth.issuerUrl (not .Values.demo.enabled) (not .Values.oidc.audience) -}}
{{- fail "auth.issuerUrl needs oidc.audience, whom its tokens must be made for: without it those of every other application of the issuer would be believed (docs/deployment/identity.md)" -}}
{{- end -}}
{{ .Values.oidc.audience | default (list "lasttable") | join "," }}
{{- end -}}
