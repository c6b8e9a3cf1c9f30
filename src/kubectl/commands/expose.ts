// kubectl expose: a service for what has pods.
import type { KnownObject } from '../../kinds/object.ts'
import type {
  Deployment,
  LabelSelectorRequirement,
  Pod,
  ReplicaSet,
  ReplicationController,
  Service,
} from '../../kinds/schema/types.ts'
import { build } from '../builder.ts'
import {
  type Command,
  dryRunFlag,
  fileFlags,
  managerFlag,
  printFlags,
  recordDeprecated,
  recordFlag,
} from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, throwAll } from '../errors.ts'
import { portNumber, sendGenerated } from '../generate.ts'
import { withOverrides } from '../overrides.ts'
import { forEach, podSpecOf } from '../patching.ts'
import { parseLabels } from './create-generator.ts'

type Exposable = Service | ReplicationController | Deployment | ReplicaSet | Pod

const isExposable = (object: KnownObject): object is Exposable =>
  ['Service', 'ReplicationController', 'Deployment', 'ReplicaSet', 'Pod'].includes(object.kind)

export const expose: Command = {
  name: 'expose',
  flags: `${printFlags}${fileFlags}${dryRunFlag}${recordFlag}${managerFlag('kubectl-expose')}cluster-ip:s external-ip:s
    labels,l:s load-balancer-ip:s name:s override-type:s=merge overrides:s port:s protocol:s save-config selector:s
    session-affinity:s target-port:s type:s`,
  deprecated: recordDeprecated,
  *run(ctx) {
    const { infos, errors } = yield* build(ctx, { latest: true, continueOnError: true, scheme: 'kubectl' })
    const all: Error[] = [...errors]
    forEach(infos, all, ({ object, resource }) => {
      if (!isExposable(object))
        throw new CommandError(
          `cannot expose a ${resource.group ? `${resource.kind}.${resource.group}` : resource.kind}`,
        )
      sendGenerated(ctx, withOverrides(ctx, serviceFor(ctx, object)), { operation: 'exposed' })
    })
    throwAll(all)
    return 0
  },
}

function selectorOf(object: Exposable): Record<string, string> {
  const refuse = (why: string): never => {
    throw new CommandError(`couldn't retrieve selectors via --selector flag or introspection: ${why}`)
  }
  switch (object.kind) {
    case 'Pod': {
      const { labels = {} } = object.metadata
      return Object.keys(labels).length ? labels : refuse('the pod has no labels and cannot be exposed')
    }
    case 'Service':
    case 'ReplicationController':
      return object.spec.selector ?? refuse('the service has no pod selector set')
    default: {
      const { matchLabels = {}, matchExpressions = [] } = object.spec.selector ?? {}
      return matchExpressions.length
        ? refuse(
            `couldn't convert expressions - "${expressionsText(matchExpressions)}" to map-based selector format`,
          )
        : matchLabels
    }
  }
}

/** Go's %+v of a list of requirements. */
const expressionsText = (expressions: readonly LabelSelectorRequirement[]): string =>
  `[${expressions
    .map(({ key, operator, values = [] }) => `{Key:${key} Operator:${operator} Values:[${values.join(' ')}]}`)
    .join(' ')}]`

interface Port {
  readonly port: number
  readonly protocol: string
  readonly name?: string
}

/** Ports of the containers, or of a service. */
function portsOf(object: Exposable): Port[] {
  if (object.kind === 'Service')
    return (object.spec.ports ?? []).map(({ port, protocol = 'TCP' }) => ({ port, protocol }))
  const { containers = [] } = podSpecOf(object) ?? {}
  return containers
    .flatMap(c => c.ports ?? [])
    .map(({ containerPort: port, protocol = 'TCP' }) => ({ port, protocol }))
}

function serviceFor(ctx: Context, object: Exposable) {
  const { flags } = ctx
  const selector = flags.string('selector') ? parseLabels(flags.string('selector')) : selectorOf(object)
  const clusterIP = flags.string('cluster-ip')
  const found = portsOf(object)
  const given = flags.string('port')
  if (!given && found.length === 0 && clusterIP !== 'None')
    throw new CommandError("couldn't find port via --port flag or introspection")
  const numbers = given ? given.split(',').map(portNumber) : found.map(p => p.port)
  const protocol = flags.string('protocol')
  const target = flags.string('target-port')
  const ports = numbers.map((port, i) => ({
    ...(numbers.length > 1 && { name: `port-${i + 1}` }),
    port,
    protocol: protocol || found.find(p => p.port === port)?.protocol || 'TCP',
    targetPort: target ? (/^\d+$/.test(target) ? Number(target) : target) : port,
  }))
  const labels = flags.string('labels') ? parseLabels(flags.string('labels')) : object.metadata.labels
  const optional: Record<string, string> = {
    clusterIP,
    loadBalancerIP: flags.string('type') === 'LoadBalancer' ? flags.string('load-balancer-ip') : '',
    sessionAffinity: flags.string('session-affinity'),
    type: flags.string('type'),
  }
  if (optional.sessionAffinity && !['None', 'ClientIP'].includes(optional.sessionAffinity))
    throw new CommandError(`unknown session affinity: ${optional.sessionAffinity}`)
  const externalIP = flags.string('external-ip')
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...(labels && { labels }),
      name: flags.string('name') || object.metadata.name.slice(0, 63),
      ...(ctx.namespaceEnforced && { namespace: ctx.namespace }),
    },
    spec: {
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)),
      ...(externalIP && { externalIPs: [externalIP] }),
      ports,
      selector,
    },
    status: { loadBalancer: {} },
  }
}
