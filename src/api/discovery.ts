// What is served beside resources: discovery documents, the version, health.
// k8s.io/apiserver/pkg/endpoints/discovery, pkg/server/healthz.
import { goQuote } from '../kinds/machinery/quote.ts'
import type { Machinery } from './call.ts'
import { type ApiError, failure, notFoundPath } from './errors.ts'
import { metricsParts } from './loaders.ts'
import { openApi } from './openapi.ts'
import type { Resource } from './registry.ts'

export const version = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.3',
  gitCommit: '$Format:%H$',
  gitTreeState: 'clean',
  buildDate: '2026-10-14T00:00:00Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
}

// `~` stands for `poststarthook/`.
export const checks =
  'ping log etcd etcd-readiness informer-sync ~start-apiserver-admission-initializer ~generic-apiserver-start-informers ~priority-and-fairness-config-consumer ~priority-and-fairness-filter ~storage-object-count-tracker-hook ~start-apiextensions-informers ~start-apiextensions-controllers ~crd-informer-synced ~start-system-namespaces-controller ~peer-endpoint-reconciler-controller ~start-cluster-authentication-info-controller ~start-kube-apiserver-identity-lease-controller ~start-kube-apiserver-identity-lease-garbage-collector ~storage-readiness ~start-legacy-token-tracking-controller ~start-service-ip-repair-controllers ~rbac/bootstrap-roles ~scheduling/bootstrap-system-priority-classes ~priority-and-fairness-config-producer ~bootstrap-controller ~start-kubernetes-service-cidr-controller ~start-kube-aggregator-informers ~apiservice-status-local-available-controller ~apiservice-status-remote-available-controller ~apiservice-registration-controller ~apiservice-discovery-controller ~kube-apiserver-autoregistration autoregister-completion ~apiservice-openapi-controller ~apiservice-openapiv3-controller shutdown'
    .split(' ')
    .map(check => check.replace('~', 'poststarthook/'))
/** Only readiness asks these. */
const readinessOnly = ['etcd-readiness', 'informer-sync', 'shutdown']

function health(
  { store }: Machinery,
  name: string,
  check: string,
  query: Readonly<Record<string, string>>,
): string {
  const isBad = (c: string) => store.down && c.startsWith('etcd')
  const mine = checks.filter(c => name === 'readyz' || !readinessOnly.includes(c))
  if (check) {
    if (!mine.includes(check)) throw notFoundPath()
    if (isBad(check)) throw unhealthy(`internal server error: ${check} failed: reason withheld`)
    return 'ok'
  }
  if (store.down) {
    const lines = mine.map(c => (isBad(c) ? `[-]${c} failed: reason withheld` : `[+]${c} ok`))
    throw unhealthy(`${lines.join('\n')}\n${name} check failed`)
  }
  if (query.verbose === undefined) return 'ok'
  return `${mine.map(c => `[+]${c} ok\n`).join('')}${name} check passed\n`
}

/** An answer that is no Status, as the client words it. */
const unhealthy = (text: string): ApiError =>
  failure(
    500,
    'InternalError',
    `an error on the server (${goQuote(text)}) has prevented the request from succeeding`,
  )

/** The answer to a GET of a path that is no resource. */
export function discover(server: Machinery, path: string, query: Readonly<Record<string, string>>): unknown {
  const [first, second, third, ...more] = path.split('/').filter(part => part)
  switch (first) {
    case undefined:
      return { paths: paths(server) }
    case 'version':
      return version
    case 'healthz':
    case 'livez':
    case 'readyz':
      return health(server, first, [second, third, ...more].filter(Boolean).join('/'), query)
    case 'metrics': {
      const page = metricsParts.get('metrics')(server, [second, third, ...more].filter(Boolean).join('/'))
      if (page !== undefined) return page
      break
    }
    case 'openapi':
      if (second === 'v3') return openApi(server, [third, ...more].filter(Boolean).join('/'))
      break
    case 'api':
      if (!second) return apiVersions
      if (second === 'v1' && !third) return resourceList(server, '', 'v1')
      break
    case 'apis': {
      const groups = groupsOf(server)
      if (!second) return { kind: 'APIGroupList', apiVersion: 'v1', groups }
      const group = groups.find(g => g.name === second)
      if (!group) break
      if (!third) return { kind: 'APIGroup', apiVersion: 'v1', ...group }
      if (!more.length && group.versions.some(v => v.version === third))
        return resourceList(server, second, third)
    }
  }
  throw notFoundPath()
}

/** Everything that can be asked for, as the index of the server lists it. */
function paths(server: Machinery): string[] {
  const groups = groupsOf(server).flatMap(({ name, versions }) => [
    `/apis/${name}`,
    ...versions.map(each => `/apis/${each.groupVersion}`),
  ])
  const health = (name: string) => [
    `/${name}`,
    ...checks.filter(c => name === 'readyz' || !readinessOnly.includes(c)).map(check => `/${name}/${check}`),
  ]
  return [
    '/api',
    '/api/v1',
    '/apis',
    ...groups,
    ...health('healthz'),
    ...health('livez'),
    '/metrics',
    '/metrics/slis',
    '/openapi/v3',
    ...health('readyz'),
    '/version',
  ].sort()
}

const apiVersions = {
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '10.0.2.2:6443' }],
}

interface Group {
  name: string
  versions: { groupVersion: string; version: string }[]
  preferredVersion: { groupVersion: string; version: string }
}

/** In the order of priority, which is that of the resource tables; the aggregator's own group comes first. */
function groupsOf({ registry }: Machinery): Group[] {
  const groups = new Map<string, Group>()
  for (const { group: name, version } of registry.all()) {
    if (!name) continue
    const entry = { groupVersion: `${name}/${version}`, version }
    const group = groups.get(name)
    if (!group) groups.set(name, { name, versions: [entry], preferredVersion: entry })
    else if (!group.versions.some(v => v.version === version)) group.versions.push(entry)
  }
  return [...groups.values()]
}

function resourceList({ registry }: Machinery, group: string, version: string) {
  const groupVersion = group ? `${group}/${version}` : version
  const list = [...registry.all()].filter(r => r.group === group && r.version === version)
  return {
    kind: 'APIResourceList',
    ...(group && { apiVersion: 'v1' }),
    groupVersion,
    resources: list.flatMap(entries),
  }
}

function entries(resource: Resource): unknown[] {
  const { plural, singular, namespaced, kind, verbs, shortNames, categories } = resource
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs,
      ...(shortNames.length && { shortNames }),
      ...(categories.length && { categories }),
    },
    ...resource.subresources.map(s => ({
      name: `${plural}/${s.name}`,
      singularName: '',
      namespaced,
      ...(s.group !== undefined && { group: s.group, version: s.version }),
      kind: s.kind,
      verbs: s.verbs,
    })),
  ]
}
