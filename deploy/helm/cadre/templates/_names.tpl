{{/* The name of a part: (dict "root" $ "service" … "role" …), or of what belongs to no service. */}}
{{- define "cadre.name" -}}
{{ compact (list (.root.Release.Name | trunc 40 | trimSuffix "-") .service .role) | join "-" }}
{{- end }}

{{/* By what its pods are found. */}}
{{- define "cadre.selector" -}}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: cadre
app.kubernetes.io/name: {{ .service }}
app.kubernetes.io/component: {{ .role }}
{{- end }}

{{- define "cadre.labels" -}}
{{ include "cadre.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* By what all pods are found, and what of the installation belongs to no service. */}}
{{- define "cadre.whole" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: cadre
{{- end }}

{{/* What a role of a service is to be: what is said for all, and what is said for this one. */}}
{{- define "cadre.role" -}}
{{ mergeOverwrite (deepCopy (get .root.Values.roles .role)) (get (get .root.Values.services .service) .role | default dict) | toYaml }}
{{- end }}

{{/* The port of HOST:PORT or of an address with a scheme. */}}
{{- define "cadre.port" -}}
{{ $host := . }}{{ $usual := "" }}
{{- if contains "://" . }}{{ $host = (urlParse .).host }}{{ $usual = eq (urlParse .).scheme "https" | ternary "443" "80" }}{{ end }}
{{- if contains ":" $host }}{{ splitList ":" $host | last }}{{ else }}{{ $usual }}{{ end }}
{{- end }}
