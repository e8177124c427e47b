{{/* Some peers, or anybody where none are named, on these ports alone: (dict "ports" list "peers" list). */}}
{{- define "cadre.to" -}}
{{- $ports := list }}
{{- range uniq .ports }}{{ $ports = append $ports (dict "protocol" "TCP" "port" (int .)) }}{{ end }}
{{- $rule := dict "ports" $ports }}
{{- with .peers }}{{ $_ := set $rule "to" . }}{{ end -}}
- {{ toJson $rule }}
{{- end }}

{{/* Who knows the addresses of names. */}}
{{- define "cadre.names" -}}
- {ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]}
{{- end }}
