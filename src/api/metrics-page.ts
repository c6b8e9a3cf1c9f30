// GET /metrics and /metrics/slis of the API server, in the text format of Prometheus (component-base/metrics, apiserver's
// endpoints/metrics and storage/etcd3/metrics): what is counted here. Left out: how long anything took (requests take no
// time of their own here), and what Go says of its process.
import type { Machinery } from './call.ts'
import { checks, version } from './discovery.ts'
import { virtual } from './virtual/index.ts'

type Labels = Readonly<Record<string, string>>

const sample = (name: string, labels: Labels, value: number): string => {
  const text = Object.entries(labels).map(([key, each]) => `${key}="${each}"`)
  return `${name}${text.length ? `{${text.join(',')}}` : ''} ${value}`
}

/** One family; nothing where nothing was measured. */
function family(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  of: readonly (readonly [Labels, number])[],
): string {
  if (of.length === 0) return ''
  const lines = of.map(([labels, value]) => sample(name, labels, value)).sort()
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`
}

export function metricsPage({ store, registry, requests }: Machinery, path: string): string | undefined {
  if (path === 'slis') return healthChecks(store.down)
  if (path) return undefined
  const stored = new Map<string, readonly [Labels, number]>()
  for (const { table, group, plural } of registry.all()) {
    const held = store.table(table)
    // Some tables are only filled when somebody asks for one of their objects.
    if (!held.isDeferred && !virtual[table])
      stored.set(table, [{ group, resource: plural }, held.keys().length])
  }
  const answered = [...requests.values()]
    .flat()
    .map(({ code, dryRun, group, plural, scope, subresource, verb, version, count }): [Labels, number] => {
      const labels = {
        code: String(code),
        component: 'apiserver',
        dry_run: dryRun ? 'All' : '',
        group,
        resource: plural,
        scope,
        subresource,
        verb,
        version,
      }
      return [labels, count]
    })
  const count =
    'Number of stored objects at the time of last check split by kind. In case of a fetching error, the value will be -1.'
  return [
    family(
      'apiserver_request_total',
      'counter',
      '[STABLE] Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.',
      answered,
    ),
    family('apiserver_resource_objects', 'gauge', `[ALPHA] ${count}`, [...stored.values()]),
    family(
      'apiserver_storage_objects',
      'gauge',
      `[STABLE] (Deprecated since 1.34.0) [DEPRECATED, consider using apiserver_resource_objects instead] ${count}`,
      [...stored].map(([resource, [, number]]) => [{ resource }, number]),
    ),
    family(
      'kubernetes_build_info',
      'gauge',
      "[BETA] A metric with a constant '1' value labeled by major, minor, git version, git commit, git tree state, build date, Go version, and compiler from which Kubernetes was built, and platform on which it is running.",
      [
        [
          {
            build_date: version.buildDate,
            compiler: version.compiler,
            git_commit: version.gitCommit,
            git_tree_state: version.gitTreeState,
            git_version: version.gitVersion,
            go_version: version.goVersion,
            major: version.major,
            minor: version.minor,
            platform: version.platform,
          },
          1,
        ],
      ],
    ),
    healthChecks(store.down),
  ].join('')
}

/** `healthz` for each of the checks that liveness and readiness ask. */
function healthChecks(etcdAway: boolean): string {
  return family(
    'kubernetes_healthcheck',
    'gauge',
    '[STABLE] This metric records the result of a single healthcheck.',
    checks.map(name => [{ name, type: 'readyz' }, etcdAway && name.startsWith('etcd') ? 0 : 1]),
  )
}
