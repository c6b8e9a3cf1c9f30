// Generates src/kinds/schema/ from what the real server serves (tests/reference/cluster: OpenAPI, discovery, column
// definitions) and from the order and types of the Go structs (scripts/schema/go-types.json, printed by go-types.go).
//   node scripts/generate-schema.ts            writes the files
//   node scripts/generate-schema.ts --check    fails where a committed file differs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resources as servedResources } from '../src/kinds/resources.ts'
import { columnsOf } from './schema/columns.ts'
import { descriptionsOf, furtherOf, type OpenApi } from './schema/descriptions.ts'
import {
  documentInterfaces,
  furtherStructs,
  structInterface,
  tsField,
  tsInterface,
} from './schema/further-types.ts'

const root = join(import.meta.dirname, '..')
const cluster = join(root, 'tests/reference/cluster')
const out = join(root, 'src/kinds/schema')
const read = (path: string): any => JSON.parse(readFileSync(path, 'utf8'))

type GoField = [
  name: string,
  type: string,
  flags: string,
  patchStrategy: string,
  patchMergeKey: string,
  embedded: string,
]
const goTypes: Record<string, GoField[]> = read(join(root, 'scripts/schema/go-types.json'))
const openapi: Record<string, OpenApi> = {}
for (const file of readdirSync(join(cluster, 'openapi')).sort())
  if (/^apis?_/.test(file)) Object.assign(openapi, read(join(cluster, 'openapi', file)).components?.schemas)

// ── types ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Code of a scalar type in the tables; see src/kinds/schema.ts, which reads them. */
const codes: Record<string, string> = {
  string: 's',
  int32: 'i',
  int64: 'l',
  bool: 'b',
  float64: 'f',
  bytes: 'y',
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'q',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 't',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'u',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'o',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'r',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'r',
}
const packageOf = (schema: string) => schema.slice(0, schema.lastIndexOf('.'))
const nameOf = (schema: string) => schema.slice(schema.lastIndexOf('.') + 1)

// Types reachable from the kinds that the server serves and that the OpenAPI documents describe.
const roots = Object.keys(goTypes).filter(
  name =>
    (openapi[name]?.['x-kubernetes-group-version-kind'] || /\.node\.v1\.RuntimeClass$/.test(name)) &&
    !/(Options|List|WatchEvent|APIVersions|APIGroup|APIGroupList|APIResourceList|Status)$/.test(name),
)
roots.push(
  'io.k8s.apimachinery.pkg.apis.meta.v1.Status',
  'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions',
)
const schemasIn = (type: string): string => type.replace(/^(\*|\[[^\]]*\]|\{[^}]*\}|\w+:)+/, '')
const reached = new Set<string>()
const visit = (name: string): void => {
  if (!goTypes[name] || reached.has(name)) return
  reached.add(name)
  for (const [, type] of goTypes[name]) visit(schemasIn(type))
}
roots.forEach(visit)

const packages = [...new Set([...reached].map(packageOf))].sort()
const alias = new Map(packages.map((name, i) => [name, String.fromCharCode(97 + i)]))
const enums = new Map<string, string[]>()

function encodeType(type: string, from: string, field: OpenApi | undefined): string {
  if (type.startsWith('*')) return `*${encodeType(type.slice(1), from, field)}`
  if (type.startsWith('[')) {
    const listType = field?.['x-kubernetes-list-type']
    const keys = field?.['x-kubernetes-list-map-keys'] ?? []
    const mark =
      listType === 'map' ? `${keys.join('&')}:` : listType === 'set' ? '=' : listType === 'atomic' ? '~' : ''
    return `[${mark}${encodeType(type.slice(type.indexOf(']') + 1), from, field?.items)}`
  }
  if (type.startsWith('{v1.ResourceList}')) return 'R'
  if (type.startsWith('{'))
    return `{${field?.['x-kubernetes-map-type'] === 'atomic' ? '~' : ''}${encodeType(type.slice(type.indexOf('}') + 1), from, field?.additionalProperties)}`
  const [kind, schema] = type.includes(':') ? (type.split(':') as [string, string]) : [type, type]
  const code = codes[kind] ?? codes[schema]
  if (kind !== 'string' && code) return code
  if (kind === 'string') {
    if (schema === 'string') return 's'
    const pkg = packageOf(schema)
    if (!alias.has(pkg)) return 's' // types.UID
    const values = field?.enum
    if (!enums.has(schema) || values)
      enums.set(
        schema,
        (values ?? []).filter(value => value !== ''),
      )
    return ref(schema, from)
  }
  if (!reached.has(schema)) throw new Error(`${schema} (${type}) is not known`)
  return ref(schema, from)
}
const ref = (schema: string, from: string) =>
  packageOf(schema) === from ? nameOf(schema) : `${alias.get(packageOf(schema))}/${nameOf(schema)}`

const structLines = new Map<string, string>()
for (const name of [...reached].sort()) {
  const schema = openapi[name] ?? {}
  const required = new Set<string>(schema.required ?? [])
  let inside = ''
  const fields = goTypes[name]!.flatMap(([field, type, flags, strategy, mergeKey, embedded]) => {
    const property = schema.properties?.[field]
    const always = !flags
    let text = field + (required.has(field) ? '!' : '') + (always ? '+' : flags.includes('z') ? '-' : '')
    text += `:${encodeType(type, packageOf(name), property)}`
    if (strategy) {
      const marks = strategy
        .split(',')
        .map(word => ({ merge: 'm', retainKeys: 'r', replace: 'x' })[word] ?? '')
        .join('')
      const first = property?.['x-kubernetes-list-map-keys']?.[0]
      text += `^${marks}${mergeKey && mergeKey !== first ? `@${mergeKey}` : ''}`
    }
    const value = property?.default
    if (value !== undefined && value !== '' && value !== 0 && value !== false && typeof value !== 'object')
      text += `=${value}`
    if (embedded === inside) return text
    inside = embedded
    return [`<${embedded}`, text]
  })
  const atomic = schema['x-kubernetes-map-type'] === 'atomic' ? '~' : ''
  structLines.set(
    name,
    `${nameOf(name)} ${atomic}${fields.join(' ')}`.replace(
      /<TypeMeta kind:s apiVersion:s < metadata:\w+\/ObjectMeta/,
      '$',
    ),
  )
}
/** Kinds that every session handles … */
const everyday = [
  'core.v1.Pod',
  'core.v1.Secret',
  'core.v1.ConfigMap',
  'core.v1.Service',
  'core.v1.Endpoints',
  'core.v1.Event',
  'core.v1.Namespace',
  'apps.v1.DaemonSet',
  'apps.v1.Deployment',
  'apps.v1.ReplicaSet',
  'autoscaling.v1.Scale',
  'coordination.v1.Lease',
  'discovery.v1.EndpointSlice',
].map(name => `io.k8s.api.${name}`)
/** … and types within, which few look into before their first output. */
const rarelyOpened = new Set(
  [
    'Affinity',
    'EnvFromSource',
    'EnvVar',
    'EphemeralContainer',
    'HostAlias',
    'Lifecycle',
    'NodeAllocatableResourceClaimStatus',
    'PodDNSConfig',
    'PodExtendedResourceClaimStatus',
    'PodReadinessGate',
    'PodResourceClaim',
    'PodSchedulingGroup',
    'Probe',
    'ResourceRequirements',
    'ResourceStatus',
    'SessionAffinityConfig',
    'TopologySpreadConstraint',
    'Volume',
    'VolumeDevice',
  ].map(name => `io.k8s.api.core.v1.${name}`),
)
/** Schema names, structs and enumerations, that these reach; what is in `closed` is not looked into. */
function within(names: readonly string[], closed: ReadonlySet<string> = new Set()): Set<string> {
  const found = new Set<string>()
  const visit = (name: string): void => {
    if (found.has(name)) return
    found.add(name)
    if (!closed.has(name)) for (const [, type] of goTypes[name] ?? []) visit(schemasIn(type))
  }
  names.forEach(visit)
  return found
}
const firstTypes = within(everyday, rarelyOpened)
const podTypes = within(everyday)

/** Lines of the types that are wanted, by package. The first table names the packages of all. */
function typeLines(isFirst: boolean, wanted: (schema: string) => boolean): string[] {
  return packages.flatMap(pkg => {
    const own = [
      ...[...enums].sort().map(([name, values]) => [name, `${nameOf(name)}=${values.join('|')}`] as const),
      ...structLines,
    ]
      .filter(([name]) => packageOf(name) === pkg && wanted(name))
      .map(([, line]) => line)
    return isFirst ? [`@${alias.get(pkg)} ${pkg}`, ...own] : own.length ? [`@${alias.get(pkg)}`, ...own] : []
  })
}

// ── TypeScript ──────────────────────────────────────────────────────────────────────────────────────────────────────

const order = [
  'core.v1',
  'apps.v1',
  'batch.v1',
  'meta.v1',
  'networking.v1',
  'discovery.v1',
  'autoscaling.v2',
  'rbac.v1',
]
const rank = (name: string) => {
  const i = order.findIndex(suffix => packageOf(name).endsWith(suffix))
  return i < 0 ? order.length : i
}
const tsNames = new Map<string, string>()
const taken = new Set(['OwnerReference', 'ManagedFieldsEntry', 'ObjectMeta'])
function tsName(name: string): string {
  const known = tsNames.get(name)
  if (known) return known
  let ts = nameOf(name)
  if (taken.has(ts) && !packageOf(name).endsWith('meta.v1'))
    ts =
      packageOf(name)
        .split('.')
        .slice(-2)
        .map(part => part[0]!.toUpperCase() + part.slice(1))
        .join('') + ts
  taken.add(ts)
  tsNames.set(name, ts)
  return ts
}
for (const name of [...reached].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))) tsName(name)
const tsScalar: Record<string, string> = {
  s: 'string',
  i: 'number',
  l: 'number',
  b: 'boolean',
  f: 'number',
  y: 'string',
  q: 'Quantity',
  t: 'Time',
  u: 'MicroTime',
  o: 'IntOrString',
  r: 'unknown',
}
const tsType = (type: string): string => {
  if (type.startsWith('*')) return tsType(type.slice(1))
  if (type.startsWith('[')) return `${tsType(type.slice(type.indexOf(']') + 1))}[]`
  if (type.startsWith('{')) return `Record<string, ${tsType(type.slice(type.indexOf('}') + 1))}>`
  const [kind, schema] = type.includes(':') ? (type.split(':') as [string, string]) : [type, type]
  return kind === 'string' ? 'string' : (tsScalar[codes[schema] ?? codes[kind] ?? ''] ?? tsNames.get(schema)!)
}
const ts: string[] = [
  '// Generated by scripts/generate-schema.ts from the types of the Kubernetes API. Types only: nothing of it is shipped.',
  '// A field is optional where the server leaves it out when empty; structs that are always written are not. A time that is\n// no pointer is null where there is none.',
  "import type { ObjectMeta } from '../object.ts'",
  '',
  '/** `500m`, `128Mi`. */\nexport type Quantity = string\n/** RFC 3339 in UTC, whole seconds. */\nexport type Time = string\n/** RFC 3339 with microseconds. */\nexport type MicroTime = string\n/** `80`, `"25%"`, `"http"`. */\nexport type IntOrString = number | string\nexport type ResourceList = Record<string, Quantity>',
]
for (const [name, type] of [...tsNames]) {
  if (['OwnerReference', 'ManagedFieldsEntry', 'ObjectMeta'].includes(type)) continue
  const fields = goTypes[name]!
  const isRoot = fields.some(([field]) => field === 'metadata') && fields[0]?.[0] === 'kind'
  const lines = fields.map(([field, type, flags]) => {
    const struct = goTypes[schemasIn(type)] && !/^[*[{]/.test(type) && !codes[schemasIn(type)]
    const always =
      !flags || (struct && !flags.includes('z')) || (isRoot && (field === 'kind' || field === 'apiVersion'))
    const isTime = /^[tu]$/.test(codes[schemasIn(type)] ?? '') && !/^[*[{]/.test(type)
    const text = type.startsWith('{v1.ResourceList}')
      ? 'ResourceList'
      : isRoot && field === 'kind'
        ? `'${nameOf(name)}'`
        : tsType(type) + (isTime && !flags.includes('z') ? ' | null' : '')
    return tsField(field, !always, text)
  })
  ts.push('', tsInterface(type, lines))
}
for (const struct of furtherStructs()) ts.push('', structInterface(struct, tsName))
const definition = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition'
for (const text of documentInterfaces(definition, openapi, name => reached.has(name), tsName))
  ts.push('', text)

// ── kinds ───────────────────────────────────────────────────────────────────────────────────────────────

const verbCodes: Record<string, string> = {
  create: 'c',
  delete: 'd',
  deletecollection: 'D',
  get: 'g',
  list: 'l',
  patch: 'p',
  update: 'u',
  watch: 'w',
}
const verbs = (list: string[]) =>
  [...list]
    .sort()
    .map(verb => verbCodes[verb])
    .join('')
const gvkSchema = new Map<string, string>()
for (const name of reached)
  for (const gvk of openapi[name]?.['x-kubernetes-group-version-kind'] ?? [
    { group: 'node.k8s.io', version: 'v1', kind: nameOf(name) },
  ])
    if (!gvkSchema.has(`${gvk.group}/${gvk.version}/${gvk.kind}`))
      gvkSchema.set(`${gvk.group}/${gvk.version}/${gvk.kind}`, name)
const kindOf = (group: string, version: string, kind: string) =>
  servedResources.find(r => r.group === group && r.version === version && r.kind === kind)
const resources: string[] = []
/** Names of the TypeScript types by `pods`, `deployments.apps`, and by plural alone: that of the first group that has it. */
const served = new Map<string, string>()
const groupVersions = [
  'v1',
  ...read(join(cluster, 'apis.json')).groups.flatMap((group: { versions: { groupVersion: string }[] }) =>
    group.versions.map(v => v.groupVersion),
  ),
]
for (const groupVersion of groupVersions) {
  const { resources: list } = read(join(cluster, 'discovery', `${groupVersion.replace('/', '_')}.json`))
  resources.push(`@${groupVersion}`)
  for (const r of list) {
    const [plural, subresource] = r.name.split('/')
    const [group, version] = groupVersion.includes('/') ? groupVersion.split('/') : ['', groupVersion]
    if (subresource) {
      const own = r.group === undefined
      const parent = list.find((x: { name: string }) => x.name === plural)
      const kind =
        own && r.kind === parent?.kind ? '' : own ? `:${r.kind}` : `:${r.group}/${r.version}/${r.kind}`
      resources[resources.length - 1] += ` ${subresource}=${verbs(r.verbs)}${kind}`
    } else {
      const schema = gvkSchema.get(`${group}/${version}/${r.kind}`)
      const further = () =>
        r.kind === nameOf(definition) ? definition : kindOf(group!, version!, r.kind)?.schema
      const type = tsNames.get(schema ?? further() ?? '')
      if (type)
        for (const name of [plural!, ...(group ? [`${plural}.${group}`] : [])])
          if (!served.has(name)) served.set(name, type)
      resources.push(
        [
          plural,
          r.singularName,
          r.kind,
          schema ? `${alias.get(packageOf(schema))}` : '',
          r.namespaced ? 'n' : 'c',
          verbs(r.verbs),
          r.shortNames?.join(',') ?? '',
          r.categories?.join(',') ?? '',
        ].join('|'),
      )
    }
  }
}

ts.push(
  '',
  '/** What a resource serves, by its plural and group, or by its plural alone: of several groups that have it, the first. */',
  `export interface Served {\n${[...served].map(([name, type]) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: ${type}`).join('\n')}\n}`,
)

const columns = columnsOf(read(join(cluster, 'columns.json')))

const descriptions = descriptionsOf(openapi, reached)
const further = furtherOf(openapi, descriptions)

// ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const head = '// Generated by scripts/generate-schema.ts: do not edit.\n'
const text = (name: string, lines: string[]) =>
  `${head}export const ${name} = \`\n${lines.join('\n').replace(/[`\\$]/g, '\\$&')}\n\`\n`
const files: Record<string, string> = {
  'types.ts': `${ts.join('\n')}\n`,
  'type-tables.ts': text(
    'typeTables',
    typeLines(true, name => firstTypes.has(name)),
  ),
  'pod-type-tables.ts': text(
    'podTypeTables',
    typeLines(false, name => podTypes.has(name) && !firstTypes.has(name)),
  ),
  'rest-type-tables.ts': text(
    'restTypeTables',
    typeLines(false, name => !podTypes.has(name)),
  ),
  'resource-tables.ts': text('resourceTables', resources),
  'column-tables.ts': text('columnTables', columns.lines),
  'column-descriptions.ts': `${head}/** Descriptions of the columns, in their order, by \`plural.group/version\`. */\nexport const columnDescriptions: Record<string, string[]> = ${JSON.stringify(columns.descriptions, null, 1)}\n`,
  'further-schemas.ts': `${head}/** OpenAPI schemas of the types that the tables leave out. Loaded only when asked for. */\nexport const furtherSchemas: Record<string, object> = ${JSON.stringify(further, null, 1)}\n`,
  'descriptions.ts': `${head}/** By schema name: the type's description and those of its fields. Loaded only when asked for. */\nexport const descriptions: Record<string, [string, Record<string, string>]> = ${JSON.stringify(descriptions, null, 1)}\n`,
}
let differs = false
for (const [name, content] of Object.entries(files)) {
  const path = join(out, name)
  if (process.argv.includes('--check')) {
    if (readFileSync(path, 'utf8') !== content) {
      console.error(`src/kinds/schema/${name} is out of date: run node scripts/generate-schema.ts`)
      differs = true
    }
  } else writeFileSync(path, content)
}
process.exitCode = differs ? 1 : 0
