// What discovery says of every resource the cluster serves (generated from the real server's discovery documents).
import { resourceTables } from './schema/resource-tables.ts'
import { packageName } from './schema.ts'

export interface SubresourceInfo {
  readonly name: string
  readonly verbs: readonly string[]
  /** Kind of what it takes and gives; group and version only where they are not the resource's own. */
  readonly kind: string
  readonly group?: string
  readonly version?: string
}

export interface ResourceInfo {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly singular: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  /** Schema name; '' where the tables do not describe the kind. */
  readonly schema: string
  readonly subresources: readonly SubresourceInfo[]
}

const verbNames: Record<string, string> = {
  c: 'create',
  d: 'delete',
  D: 'deletecollection',
  g: 'get',
  l: 'list',
  p: 'patch',
  u: 'update',
  w: 'watch',
}
const verbs = (letters: string): string[] => [...letters].map(letter => verbNames[letter]!)
const words = (text: string): string[] => (text ? text.split(',') : [])

/** The packages of groups that resource-tables.ts knows no types of: they stand in further-type-tables.ts. */
const furtherPackages: Readonly<Record<string, string>> = {
  'admissionregistration.k8s.io': 'io.k8s.api.admissionregistration.v1',
  'apiregistration.k8s.io': 'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1',
  'flowcontrol.apiserver.k8s.io': 'io.k8s.api.flowcontrol.v1',
  'resource.k8s.io': 'io.k8s.api.resource.v1',
}

/** In the order of the server: core first, then the groups by priority, their resources by name. */
export const resources: readonly ResourceInfo[] = parse()

function schemaOf(alias: string, group: string, kind: string): string {
  const name = alias ? packageName(alias) : furtherPackages[group]
  return name ? `${name}.${kind}` : ''
}

function parse(): ResourceInfo[] {
  const list: ResourceInfo[] = []
  let group = ''
  let version = ''
  for (const line of resourceTables.trim().split('\n')) {
    if (line.startsWith('@')) {
      const slash = line.indexOf('/')
      group = slash < 0 ? '' : line.slice(1, slash)
      version = line.slice(slash < 0 ? 1 : slash + 1)
      continue
    }
    const [head = '', ...subresources] = line.split(' ')
    const [
      plural = '',
      singular = '',
      kind = '',
      pkg = '',
      scope,
      verbLetters = '',
      shortNames = '',
      categories = '',
    ] = head.split('|')
    list.push({
      group,
      version,
      kind,
      plural,
      singular,
      namespaced: scope === 'n',
      verbs: verbs(verbLetters),
      shortNames: words(shortNames),
      categories: words(categories),
      schema: schemaOf(pkg, group, kind),
      subresources: subresources.map(text => {
        const [, name = '', letters = '', target] = /^(\w+)=(\w+)(?::(.*))?$/.exec(text)!
        const parts = target?.split('/')
        return {
          name,
          verbs: verbs(letters),
          kind: parts?.at(-1) ?? kind,
          ...(parts && parts.length > 1 && { group: parts[0], version: parts[1] }),
        }
      }),
    })
  }
  return list
}
