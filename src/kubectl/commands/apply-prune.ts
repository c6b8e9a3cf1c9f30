// `kubectl apply --prune`: deletes what was applied once, has the label and is not among the files (pkg/cmd/apply/prune.go).
import type { KubeObject } from '../../kinds/object.ts'
import type { Info } from '../builder.ts'
import { cascadeOf } from '../cascade.ts'
import type { Context } from '../context.ts'
import type { Resource } from '../discovery.ts'
import { CommandError } from '../errors.ts'
import { klogPrefix } from '../klog.ts'
import { lastAppliedAnnotation } from '../last-applied.ts'
import { makePrinter } from '../print/printers.ts'

const namespaced =
  'configmaps endpoints persistentvolumeclaims pods replicationcontrollers secrets services batch/jobs batch/cronjobs networking.k8s.io/ingresses apps/daemonsets apps/deployments apps/replicasets apps/statefulsets'
const clusterWide = 'namespaces persistentvolumes'

function resources(ctx: Context): Resource[] {
  const given = ctx.flags.list('prune-allowlist')
  if (given.length)
    return given.map(text => {
      const parts = text.split('/')
      if (parts.length !== 3)
        throw new CommandError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`)
      const [group = '', version = '', kind = ''] = parts
      const apiVersion = group === 'core' || !group ? version : `${group}/${version}`
      const found = ctx.discovery.forKind(apiVersion, kind)
      if (!found)
        throw new CommandError(
          `error retrieving RESTMappings to prune: no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`,
        )
      return found
    })
  return `${namespaced} ${clusterWide}`.split(' ').map(word => {
    const slash = word.indexOf('/')
    return ctx.discovery.known(word.slice(slash + 1), slash < 0 ? '' : word.slice(0, slash))
  })
}

/** Throws where `--prune-allowlist` names no kinds: before anything is looked at. */
export function checkAllowed(ctx: Context): void {
  resources(ctx)
}

export const pruneDeprecation = (ctx: Context): string =>
  `${klogPrefix(ctx, 'W')} prune.go:71] Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.\n`

interface Prunable {
  readonly resource: Resource
  readonly namespace: string
  readonly object: KubeObject
}

/** What was applied once, has the label and is not among `infos`. */
export function* prunable(ctx: Context, infos: readonly Info[]): Generator<Prunable> {
  const uids = new Set(infos.map(info => info.object.metadata.uid).filter(Boolean))
  const names = new Set(infos.map(info => `${info.resource.plural}/${info.namespace}/${info.name}`))
  const namespaces = new Set(infos.filter(info => info.resource.namespaced).map(info => info.namespace))
  if (ctx.namespaceEnforced) namespaces.add(ctx.namespace)
  const all = resources(ctx)
  const places = [
    ...[...namespaces].flatMap(namespace =>
      all.filter(r => r.namespaced).map(resource => ({ resource, namespace })),
    ),
    ...all.filter(r => !r.namespaced).map(resource => ({ resource, namespace: '' })),
  ]
  const labelSelector = ctx.flags.string('selector')
  for (const { resource, namespace } of places)
    for (const object of ctx.client.list(resource, namespace, labelSelector ? { labelSelector } : {}).items) {
      const { annotations, uid, name } = object.metadata
      const kept = uids.has(uid) || names.has(`${resource.plural}/${namespace}/${name}`)
      if (annotations?.[lastAppliedAnnotation] !== undefined && !kept) yield { resource, namespace, object }
    }
}

export function prune(ctx: Context, infos: readonly Info[]): void {
  const print = makePrinter(ctx, { operation: `pruned${ctx.dryRunSuffix}` })
  const grace = ctx.flags.int('grace-period')
  for (const { resource, namespace, object } of prunable(ctx, infos)) {
    if (ctx.dryRun !== 'client')
      ctx.client.delete(
        resource,
        namespace,
        object.metadata.name,
        { propagationPolicy: cascadeOf(ctx), ...(grace >= 0 && { gracePeriodSeconds: grace }) },
        ctx.dryRun === 'server' ? { dryRun: 'All' } : undefined,
      )
    print(object)
  }
}
