{{/* A pod of ours, with no rights and nothing to write to but /tmp:
     (dict "root" $ "service" … "role" … "image" … "args" list "settings" YAML "secrets" volume "resources" dict "more" YAML). */}}
{{- define "cadre.pod" -}}
{{- $values := .root.Values }}
{{- $database := $values.servers.postgresql.authority | replace "system" "" }}
{{- $broker := $values.servers.broker.authority }}
metadata:
  labels: {{- include "cadre.selector" . | nindent 4 }}
  {{- with $values.pods.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with $values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext: {{- merge (dict "runAsNonRoot" true "seccompProfile" (dict "type" "RuntimeDefault")) $values.pods.securityContext | toYaml | nindent 4 }}
  {{- with $values.pods.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.pods.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.pods.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .spec }}
  {{- . | nindent 2 }}
  {{- end }}
  containers:
    - name: {{ .role }}
      image: {{ $values.image.repository }}/cadre-{{ .image }}:{{ $values.image.tag | default .root.Chart.AppVersion }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      args: {{ .args | toJson }}
      env:
        {{- range $name, $value := fromYaml .settings }}
        - {name: {{ $name }}, value: {{ $value | toString | quote }}}
        {{- end }}
      resources: {{- toYaml .resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      terminationMessagePolicy: FallbackToLogsOnError
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
        - {name: secrets, mountPath: /run/cadre, readOnly: true}
        {{- if $database }}
        - {name: database-authority, mountPath: /run/authorities/database, readOnly: true}
        {{- end }}
        {{- if $broker }}
        - {name: broker-authority, mountPath: /run/authorities/broker, readOnly: true}
        {{- end }}
      {{- with .container }}
      {{- . | nindent 6 }}
      {{- end }}
  volumes:
    - {name: tmp, emptyDir: {sizeLimit: 256Mi}}
    - name: secrets
      {{- .secrets | nindent 6 }}
    {{- if $database }}
    - {name: database-authority, configMap: {name: {{ $database }}}}
    {{- end }}
    {{- if $broker }}
    - {name: broker-authority, configMap: {name: {{ $broker }}}}
    {{- end }}
{{- end }}

{{/* Secrets are files that any user of the container may read: only its own process is there. */}}
{{- define "cadre.secrets" -}}
secret: {secretName: {{ (get .root.Values.services .service).secret }}, defaultMode: 0444}
{{- end }}
