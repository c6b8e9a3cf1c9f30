// `kubectl apply --prune`: deletes what was applied once, has the label and is not among the files (pkg/cmd/apply/prune.go).
import type { Info } from '../builder.ts'
import { cascadeOf } from '../cascade.ts'
import type { Context } from '../context.ts'
import type { Resource } from '../discovery.ts'
import { CommandError } from '../errors.ts'
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

export function prune(ctx: Context, infos: readonly Info[]): void {
  const uids = new Set(infos.map(info => info.object.metadata.uid))
  const namespaces = new Set(infos.filter(info => info.resource.namespaced).map(info => info.namespace))
  if (ctx.namespaceEnforced) namespaces.add(ctx.namespace)
  const all = resources(ctx)
  for (const namespace of namespaces)
    for (const resource of all.filter(r => r.namespaced)) pruneOne(ctx, resource, namespace, uids)
  for (const resource of all.filter(r => !r.namespaced)) pruneOne(ctx, resource, '', uids)
}

function pruneOne(
  ctx: Context,
  resource: Resource,
  namespace: string,
  uids: ReadonlySet<string | undefined>,
): void {
  const labelSelector = ctx.flags.string('selector')
  const { items } = ctx.client.list(resource, namespace, labelSelector ? { labelSelector } : {})
  const print = makePrinter(ctx, { operation: `pruned${ctx.dryRunSuffix}` })
  for (const object of items) {
    const { annotations, uid, name } = object.metadata
    if (annotations?.[lastAppliedAnnotation] === undefined || uids.has(uid)) continue
    const grace = ctx.flags.int('grace-period')
    if (ctx.dryRun !== 'client')
      ctx.client.delete(
        resource,
        namespace,
        name,
        { propagationPolicy: cascadeOf(ctx), ...(grace >= 0 && { gracePeriodSeconds: grace }) },
        ctx.dryRun === 'server' ? { dryRun: 'All' } : undefined,
      )
    print(object)
  }
}
