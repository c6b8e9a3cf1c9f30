// kubectl create service clusterip, nodeport, loadbalancer, externalname; kubectl create ingress.
import { isPortName, isPortNumber } from '../../kinds/machinery/names.ts'
import type { IngressRule, IngressTLS, ServicePort, ServiceSpec } from '../../kinds/schema/types.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'
import { type Generator, meta } from './create-generator.ts'

/** `80:3000`, `80`: a name, a port and where it goes. */
function parsePort(text: string) {
  const [first = '', second] = text.split(':')
  const port = parseUint(first)
  let targetPort: string | number = port
  if (second !== undefined) {
    targetPort = /^\d+$/.test(second) ? Number(second) : second
    const problems = typeof targetPort === 'number' ? isPortNumber(targetPort) : isPortName(targetPort)
    if (problems.length) throw new CommandError(problems.join(','))
  }
  return { name: text.replaceAll(':', '-'), port, protocol: 'TCP', targetPort }
}

function parseUint(text: string): number {
  if (!/^\d+$/.test(text))
    throw new CommandError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`)
  if (Number(text) > 65535)
    throw new CommandError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`)
  return Number(text)
}

function service(
  ctx: Context,
  name: string,
  type: string,
  more: (ports: ServicePort[]) => Partial<ServiceSpec>,
) {
  const ports = ctx.flags.list('tcp').map(parsePort)
  const labels = { app: name }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta(ctx, name, { labels }),
    spec: { ...(ports.length && { ports }), selector: labels, type, ...more(ports) },
    status: { loadBalancer: {} },
  }
}

const needPorts = (ports: readonly unknown[]) => {
  if (ports.length === 0) throw new CommandError('at least one tcp port specifier must be provided')
}

const failure = (type: string) => `failed to create ${type} service`

export const services: readonly Generator[] = [
  {
    name: 'clusterip',
    flags: 'clusterip:s tcp:l',
    failure: failure('ClusterIP'),
    make: (ctx, name) =>
      service(ctx, name, 'ClusterIP', ports => {
        const clusterIP = ctx.flags.string('clusterip')
        if (clusterIP !== 'None') needPorts(ports)
        return clusterIP ? { clusterIP } : {}
      }),
  },
  {
    name: 'nodeport',
    flags: 'node-port:i tcp:l',
    failure: failure('NodePort'),
    make: (ctx, name) =>
      service(ctx, name, 'NodePort', ports => {
        needPorts(ports)
        const nodePort = ctx.flags.int('node-port')
        return nodePort ? { ports: ports.map(port => ({ ...port, nodePort })) } : {}
      }),
  },
  {
    name: 'loadbalancer',
    flags: 'tcp:l',
    failure: failure('LoadBalancer'),
    make: (ctx, name) =>
      service(ctx, name, 'LoadBalancer', ports => {
        needPorts(ports)
        return {}
      }),
  },
  {
    name: 'externalname',
    flags: 'external-name:s tcp:l',
    required: ['external-name'],
    failure: failure('ExternalName'),
    make(ctx, name) {
      const externalName = ctx.flags.string('external-name')
      if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(externalName))
        throw new CommandError(`invalid service external name ${externalName}`)
      return service(ctx, name, 'ExternalName', () => ({ externalName }))
    },
  },
]

/** Any word behind the comma asks for TLS, as in the real one; what follows is not looked at. */
const rulePattern =
  /^(?<host>[^/]*)(?<path>\/[^=]*)=(?<service>[^:=,]+):(?<port>[^,=:]+)(?:,(?<tls>[^,=]*)(?:=(?<secret>[^,=]+))?)?/

const backend = (name: string, port: string) => ({
  service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } },
})

export const ingress: Generator = {
  name: 'ingress',
  aliases: ['ing'],
  flags: 'annotation:a class:s default-backend:s rule:a',
  failure: 'failed to create ingress',
  make(ctx, name) {
    const { flags } = ctx
    const given = flags.list('rule')
    const fallback = flags.string('default-backend')
    if (!given.length && !fallback)
      throw new CommandError(
        'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      )
    const rules: IngressRule[] = []
    const tls: IngressTLS[] = []
    for (const text of given) {
      const groups = rulePattern.exec(text)?.groups
      if (!groups)
        throw new CommandError(
          `rule ${text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
        )
      const { host = '', path = '', service: name = '', port = '', secret } = groups
      const prefix = path.endsWith('*')
      const entry = {
        backend: backend(name, port),
        path: prefix ? path.slice(0, -1) : path,
        pathType: prefix ? 'Prefix' : 'Exact',
      }
      const rule = rules.find(r => (r.host ?? '') === host)
      if (rule?.http) rule.http.paths.push(entry)
      else rules.push({ ...(host && { host }), http: { paths: [entry] } })
      if (groups.tls === undefined) continue
      const known = tls.find(t => t.secretName === secret || secret === undefined)
      if (!known) tls.push({ ...(host && { hosts: [host] }), ...(secret && { secretName: secret }) })
      else if (host && !known.hosts?.includes(host)) known.hosts = [...(known.hosts ?? []), host]
    }
    const annotations: Record<string, string> = {}
    for (const text of flags.list('annotation')) {
      const m = /^([^=]+)=(.*)$/s.exec(text)
      if (!m) throw new CommandError(`annotation ${text} is invalid and should be in format key=[value]`)
      annotations[m[1]!] = m[2]!
    }
    const parts = fallback.split(':')
    if (fallback && (parts.length !== 2 || !parts[0] || !parts[1]))
      throw new CommandError('default-backend should be in format servicename:serviceport')
    const ingressClassName = flags.string('class')
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: meta(ctx, name, Object.keys(annotations).length ? { annotations } : {}),
      spec: {
        ...(ingressClassName && { ingressClassName }),
        ...(fallback && { defaultBackend: backend(parts[0]!, parts[1]!) }),
        ...(rules.length && { rules }),
        ...(tls.length && { tls }),
      },
      status: { loadBalancer: {} },
    }
  },
}
