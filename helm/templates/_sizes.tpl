{{/*
How many clients one notify replica holds and how much memory that takes, one from the other: 25 KiB a connection, kernel and the garbage
of a storm included (docs/capacity.md), beside 192 MiB for the process. Without limits.memory the limit follows from maxConnections;
with it, no more clients are admitted than it holds. Admission, alert and scaling all ask here.
*/}}
{{- define "lasttable.notify.memory" -}}
{{- $resources := .Values.notify.resources -}}
{{- $derived := printf "%dMi" (add 192 (div (add (mul (int .Values.notify.maxConnections) 25) 1023) 1024)) -}}
{{- coalesce $resources.limits.memory $resources.requests.memory $derived -}}
{{- end -}}

{{- define "lasttable.notify.connections" -}}
{{- $mebibytes := include "lasttable.mebibytes" (include "lasttable.notify.memory" .) | int -}}
{{- $room := div (mul (sub $mebibytes 192) 1024) 25 -}}
{{- if lt $room 100 -}}
{{- fail (printf "notify.resources.limits.memory %s holds no clients: the process alone takes 192Mi" (include "lasttable.notify.memory" .)) -}}
{{- end -}}
{{- min $room (int .Values.notify.maxConnections) -}}
{{- end -}}

{{- define "lasttable.notify.connectionsAimedAt" -}}
{{- .Values.notify.autoscaling.keda.connectionsPerReplica | default (div (mul (include "lasttable.notify.connections" . | int) 60) 100) -}}
{{- end -}}

{{/* A quantity of memory in whole MiB. */}}
{{- define "lasttable.mebibytes" -}}
{{- $units := dict "" 1 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{- $number := regexFind "^[0-9.]+" (toString .) -}}
{{- divf (mulf (float64 $number) (get $units (trimPrefix $number (toString .)))) 1048576.0 | floor | int64 -}}
{{- end -}}

{{- define "lasttable.resources" -}}
{{- $resources := (index .root.Values .name).resources -}}
{{- if eq .name "notify" -}}
{{- $memory := include "lasttable.notify.memory" .root -}}
{{- toYaml (dict "requests" (merge (dict) $resources.requests (dict "memory" $memory)) "limits" (merge (dict) $resources.limits (dict "memory" $memory))) -}}
{{- else -}}
{{- toYaml $resources -}}
{{- end -}}
{{- end -}}
