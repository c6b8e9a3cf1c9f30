// Writes src/cluster/default-objects.ts and further-objects.ts: the objects of the fresh cluster of
// tests/reference/cluster/objects as compact JSON texts, one of what a world begins with, the other of what it makes
// when somebody asks (src/cluster/seed.ts says which). What a real cluster made up (uids, container ids) becomes a short placeholder that is filled in
// again when a world starts; times stay as recorded and are shifted to the world's clock.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { authorityCertificate } from '../src/api/authority.ts'
import { furtherResources } from '../src/cluster/further-resources.ts'
import { decodeField } from '../src/kinds/machinery/decode.ts'
import type { DaemonSet, Pod } from '../src/kinds/schema/types.ts'

const folder = new URL('../tests/reference/cluster/objects/', import.meta.url)
const target = (name: string) => new URL(`../src/cluster/${name}.ts`, import.meta.url)

type Item = { kind: string; metadata: Record<string, unknown>; [field: string]: unknown }

const items: Item[] = []
for (const file of readdirSync(folder).sort()) {
  const list = load(readFileSync(new URL(file, folder), 'utf8')) as { items: Item[] }
  items.push(...list.items)
}
items.push(...notListed())
for (const item of items) delete item.metadata.resourceVersion
// Conditions that its controller goes on with stand as it writes them: that is not decoded again.
for (const item of items)
  if (item.kind === 'Deployment') {
    const status = JSON.parse(JSON.stringify(item.status))
    item.status = decodeField('io.k8s.api.apps.v1.Deployment', 'status', status)!.object
  }
// What is alike stands together, so that the text compresses well.
items.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0))
const isFurther = ({ kind }: Item) => furtherResources.some(resource => resource.kind === kind)
const parts = [items.filter(isFurther), items.filter(each => !isFurther(each))]

/** What every such cluster has and the folder does not list: the last namespace's account and certificate, the revision of kube-proxy. */
function notListed(): Item[] {
  const find = (kind: string, namespace: string, name: RegExp) =>
    items.find(
      i => i.kind === kind && i.metadata.namespace === namespace && name.test(String(i.metadata.name)),
    )!
  const copies = [
    find('ServiceAccount', 'kube-public', /^default$/),
    find('ConfigMap', 'kube-public', /^kube-root-ca/),
  ].map((item, i) => ({
    ...item,
    metadata: {
      ...item.metadata,
      namespace: 'kube-node-lease',
      uid: `00000000-0000-4000-8000-00000000000${i}`,
    },
  }))
  const set = find('DaemonSet', 'kube-system', /^kube-proxy$/) as Item & DaemonSet
  const hash = (find('Pod', 'kube-system', /^kube-proxy/) as Item & Pod).metadata.labels![
    'controller-revision-hash'
  ]
  const { name, namespace, uid, annotations, creationTimestamp } = set.metadata
  const { template } = set.spec
  const owner = {
    apiVersion: 'apps/v1',
    blockOwnerDeletion: true,
    controller: true,
    kind: 'DaemonSet',
    name,
    uid,
  }
  const revision = {
    apiVersion: 'apps/v1',
    data: { spec: { template: { $patch: 'replace', ...template } } },
    kind: 'ControllerRevision',
    metadata: {
      annotations,
      creationTimestamp,
      labels: { 'controller-revision-hash': hash, ...template.metadata.labels },
      name: `${name}-${hash}`,
      namespace,
      ownerReferences: [owner],
      uid: '00000000-0000-4000-8000-000000000002',
    },
    revision: 1,
  }
  return [...copies, revision]
}

const numbers = new Map<string, number>()
const numberOf = (made: string) => {
  const known = numbers.get(made)
  if (known !== undefined) return known
  numbers.set(made, numbers.size)
  return numbers.size - 1
}

// The text of the parts one after another, so that placeholders are numbered through.
const border = '\n'
let text = parts
  .map(part =>
    JSON.stringify(part, (_key, value) =>
      value instanceof Date ? value.toISOString().replace('.000Z', 'Z') : value,
    ),
  )
  .join(border)
// A uid that nothing refers to is made up when the world starts.
const uids: string[] = text.match(/"[0-9a-f]{8}-[0-9a-f-]{27}"/g) ?? []
const referred = new Set(uids.filter((uid, i) => uids.indexOf(uid) !== i))
text = text.replace(/,"uid":("[0-9a-f]{8}-[0-9a-f-]{27}")/g, (whole, uid) => (referred.has(uid) ? whole : ''))
text = text.replace(
  /"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"/g,
  uid => `"uid:${numberOf(uid)}"`,
)
// The recorded authority's key is not known: the world's own, of the same name, stands in its place.
const recorded = /"ca\.crt":("-----BEGIN CERTIFICATE-----[^"]*")/.exec(text)![1]!
text = text.replaceAll(recorded, JSON.stringify(authorityCertificate({ secrets: undefined })))
text = text.replace(/containerd:\/\/[0-9a-f]{64}/g, id => `containerd://#${numberOf(id)}`)

const files = [
  { file: 'further-objects', name: 'furtherObjects', more: '' },
  {
    file: 'default-objects',
    name: 'defaultObjects',
    more: `
/** How many objects further-objects.ts has: they come first. */
export const furtherCount = ${parts[0]!.length}
`,
  },
]
for (const [i, { file, name, more }] of files.entries()) {
  const quoted = text.split(border)[i]!.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  const source = `// Generated by scripts/generate-cluster.ts from tests/reference/cluster/objects; do not edit.
export const ${name} =
  '${quoted}'
${more}`
  if (!process.argv.includes('--check')) writeFileSync(target(file), source)
  else if (readFileSync(target(file), 'utf8') !== source) {
    console.error(`src/cluster/${file}.ts is out of date: run \`npm run generate\``)
    process.exitCode = 1
  }
}
console.log(`${items.length} objects, ${text.length} characters`)
