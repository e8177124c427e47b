{{/* Settings of every service, by name; secrets are files in the folder that CADRE_SETTINGS names. */}}
{{- define "cadre.settings" -}}
{{- $values := .root.Values }}
{{- $postgresql := $values.servers.postgresql }}
{{- $broker := $values.servers.broker }}
{{- $service := get $values.services .service }}
{{- $user := printf "%s%s" $values.userPrefix .service }}
CADRE_SETTINGS: /run/cadre
CADRE_OPERATIONS: 0.0.0.0:9100
CADRE_PROXIES: {{ join "," $values.network.proxies | quote }}
CADRE_INSTALLATION: {{ $values.installation | quote }}
CADRE_ORIGIN: {{ $values.origin | quote }}
CADRE_ISSUERS: {{ $values.issuers | toJson | quote }}
CADRE_DATABASE_URL: postgresql://{{ $user }}@{{ $service.postgresql | default $postgresql.address }}/{{ $user }}
CADRE_BROKER_URL: {{ $broker.scheme }}://{{ $user }}@{{ $broker.address }}/{{ $broker.vhost }}
{{- if eq .service "registration" }}
{{ include "cadre.settings.management" .root }}
{{- with $broker.publicUrl }}
CADRE_BROKER_PUBLIC_URL: {{ . | quote }}
{{- end }}
{{- end }}
{{- with $values.traces.endpoint }}
OTEL_EXPORTER_OTLP_ENDPOINT: {{ . | quote }}
{{- end }}
{{ include "cadre.settings.authorities" .root }}
{{- with $service.settings }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "cadre.settings.management" -}}
CADRE_BROKER_MANAGEMENT_URL: {{ .Values.servers.broker.management.url | quote }}
CADRE_BROKER_MANAGEMENT_USER: {{ .Values.servers.broker.management.user | quote }}
{{- end }}

{{/* Who certifies the servers. */}}
{{- define "cadre.settings.authorities" -}}
{{- $database := .Values.servers.postgresql.authority }}
{{- if eq $database "system" }}
CADRE_DATABASE_CA: system
{{- else if $database }}
CADRE_DATABASE_CA_FILE: /run/authorities/database/ca.crt
{{- end }}
{{- if .Values.servers.broker.authority }}
CADRE_BROKER_CA_FILE: /run/authorities/broker/ca.crt
{{- end }}
{{- end }}

{{/* What prepares servers is told. */}}
{{- define "cadre.settings.databases" -}}
CADRE_SETTINGS: /run/cadre
CADRE_POSTGRESQL_URL: postgresql://{{ .Values.prepare.databases.user }}@{{ .Values.servers.postgresql.address }}/postgres
CADRE_USER_PREFIX: {{ .Values.userPrefix | quote }}
{{ include "cadre.settings.authorities" . }}
{{- end }}

{{- define "cadre.settings.broker" -}}
CADRE_SETTINGS: /run/cadre
CADRE_BROKER_VHOST: {{ .Values.servers.broker.vhost | quote }}
CADRE_USER_PREFIX: {{ .Values.userPrefix | quote }}
{{ include "cadre.settings.management" . }}
{{ include "cadre.settings.authorities" . }}
{{- end }}
