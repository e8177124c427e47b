{{/* A process that stays: its Deployment and how many may be away at once. (dict "root" $ "service" … "role" … "args" list). */}}
{{- define "cadre.process" -}}
{{- $role := include "cadre.role" . | fromYaml }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "cadre.name" . }}
  labels: {{- include "cadre.labels" . | nindent 4 }}
spec:
  {{- if not (and (eq .role "worker") .root.Values.scaling.enabled) }}
  replicas: {{ $role.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  selector: {matchLabels: {{- include "cadre.selector" . | fromYaml | toJson | nindent 4 }}}
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  template:
    {{- $spec := include "cadre.process.spec" (merge (dict "drains" $role) .) }}
    {{- $container := include "cadre.process.container" (merge (dict "lingers" $role.lingerSeconds) .) }}
    {{- $own := dict "image" .service "settings" (include "cadre.settings" .) "secrets" (include "cadre.secrets" .) }}
    {{- include "cadre.pod" (merge $own (dict "resources" $role.resources "spec" $spec "container" $container) .) | nindent 4 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "cadre.name" . }}
  labels: {{- include "cadre.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {{- include "cadre.selector" . | fromYaml | toJson | nindent 4 }}}
{{- end }}

{{- define "cadre.process.spec" -}}
terminationGracePeriodSeconds: {{ add (.drains.lingerSeconds | default 0) .drains.drainSeconds }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: {matchLabels: {{- include "cadre.selector" . | fromYaml | toJson | nindent 6 }}}
{{- end }}

{{/* A process that is late is ready all the same; one that drains, or whose servers are away, is not. */}}
{{- define "cadre.process.container" -}}
ports:
  {{- if eq .role "api" }}
  - {name: http, containerPort: 8000}
  {{- end }}
  - {name: operations, containerPort: 9100}
startupProbe: {httpGet: {path: /health/live, port: operations}, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 45}
livenessProbe: {httpGet: {path: /health/live, port: operations}, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6}
readinessProbe: {httpGet: {path: /health/ready, port: operations}, periodSeconds: 5, timeoutSeconds: 6, failureThreshold: 2}
{{- with .lingers }}
lifecycle: {preStop: {exec: {command: [sleep, {{ . | quote }}]}}}
{{- end }}
{{- end }}
