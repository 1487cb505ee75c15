{{/* What is served from outside, first match wins. The same rules are in local/, class Routes; a test holds the two equal. */}}
{{- define "lasttable.routes" -}}
{{- if .Values.web.enabled }}
- {path: "/web/*", to: notify}
{{- end }}
- {path: "/v1/live*", to: notify}
- {path: "/v1/openapi/live.yaml", to: notify}
- {path: "/v1/openapi/availability.yaml", to: availability}
- {path: "/v1/availability", to: availability}
- {path: "/v1/venues/*/availability", to: availability}
- {path: "/v1/venues/*/days/*", to: availability}
- {path: "/v1/venues/*/calendar", to: availability}
- {path: "/v1/*", to: booking}
- {path: "/problems/*", to: booking}
{{- end -}}

{{/* In the demo, where people sign in: the realm of the demo and what its pages are made of. Not Keycloak's own realm, by which all of it is administered. */}}
{{- define "lasttable.demoRoutes" -}}
{{- if and .Values.demo.enabled .Values.demo.publicUrl }}
- {path: "/realms/lasttable/*", to: keycloak}
- {path: "/resources/*", to: keycloak}
{{- else }}
[]
{{- end }}
{{- end -}}
