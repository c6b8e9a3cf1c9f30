// Ingress: pkg/apis/networking, pkg/registry/networking/ingress.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Ingress, IngressRule } from './schema/types.ts'

const maxHosts = 3

function formatHosts(rules: readonly IngressRule[]): string {
  const hosts = rules.flatMap(({ host }) => host || [])
  if (!hosts.length) return '*'
  const list = hosts.slice(0, maxHosts).join(',')
  return hosts.length > maxHosts ? `${list} + ${rules.length - maxHosts} more...` : list
}

export const ingress = defineKind<Ingress>('ingresses.networking.k8s.io/v1', {
  counted: true,
  row({ metadata, spec, status }, { now }) {
    const addresses = (status.loadBalancer?.ingress ?? []).flatMap(i => i.ip || i.hostname || [])
    return [
      metadata.name,
      spec.ingressClassName ?? '<none>',
      formatHosts(spec.rules ?? []),
      [...new Set(addresses)].sort().join(','),
      spec.tls?.length ? '80, 443' : '80',
      age(metadata.creationTimestamp, now),
    ]
  },
})
