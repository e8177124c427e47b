{{/* A process that ends: a Job that Helm waits for. Its pod, and then "hook" and "weight". */}}
{{- define "cadre.once" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "cadre.name" . }}
  labels: {{- include "cadre.labels" . | nindent 4 }}
  annotations:
    helm.sh/hook: {{ .hook }}
    helm.sh/hook-weight: {{ .weight | quote }}
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  backoffLimit: 3
  activeDeadlineSeconds: 600
  template:
    {{- include "cadre.pod" (merge (dict "resources" .root.Values.once.resources "spec" "restartPolicy: Never") .) | nindent 4 }}
{{- end }}

{{/* The secrets of all services side by side, each named after whose it is: (dict "root" $ "setting" … "also" sources). */}}
{{- define "cadre.secrets.together" -}}
projected:
  defaultMode: 0444
  sources:
    {{- range $service, $own := .root.Values.services }}
    - secret: {name: {{ $own.secret }}, items: [{key: {{ $.setting }}, path: {{ $.setting }}_{{ upper $service }}}]}
    {{- end }}
    - secret: {name: {{ .also.secret }}, items: [{key: {{ .also.key }}, path: {{ .also.key }}}]}
{{- end }}
