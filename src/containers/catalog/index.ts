// Every family of images that the simulated registry holds, and how a name is looked up among them. Another name is not
// there; nothing here loads a program.
import { clusterFamilies } from './cluster.ts'
import type { Family } from './family.ts'
import { catalogParts } from './loaders.ts'
import { localFamilies } from './local.ts'

/** Throws MissingPart, as do the functions below for names that are not of the cluster and the tutorial. */
export const families = (): readonly Family[] => [
  ...localFamilies,
  ...catalogParts.get('public'),
  ...clusterFamilies,
]

/** Registries that answer under another name too. */
const mirrors: readonly (readonly [string, string])[] = [
  ['k8s.gcr.io/', 'registry.k8s.io/'],
  ['mirror.gcr.io/', 'docker.io/'],
  ['public.ecr.aws/docker/', 'docker.io/'],
  ['index.docker.io/', 'docker.io/'],
]

/** Hosts that there are beside those of the families. */
const hosts = new Set(
  'docker.io registry.k8s.io k8s.gcr.io gcr.io eu.gcr.io us.gcr.io asia.gcr.io mirror.gcr.io quay.io ghcr.io mcr.microsoft.com public.ecr.aws docker.elastic.co nvcr.io registry.access.redhat.com registry.redhat.io registry.gitlab.com index.docker.io us-docker.pkg.dev registry.aliyuncs.com registry.cn-hangzhou.aliyuncs.com'.split(
    ' ',
  ),
)

const full = (name: string): string => {
  const first = name.split('/')[0]!
  if (/[.:]/.test(first) && name.includes('/')) return name
  return `docker.io/${name.includes('/') ? '' : 'library/'}${name}`
}

interface Index {
  readonly exact: Map<string, Family>
  /** Those with a `*`, by what stands before it; the longest wins. */
  readonly open: readonly (readonly [string, Family])[]
  readonly hosts: ReadonlySet<string>
}

function makeIndex(list: readonly Family[]): Index {
  const exact = new Map<string, Family>()
  const open: [string, Family][] = []
  const hosts = new Set<string>()
  for (const family of list)
    for (const name of family.names.split(' ')) {
      const path = full(name)
      hosts.add(path.slice(0, path.indexOf('/')))
      if (path.endsWith('*')) open.push([path.slice(0, -1), family])
      else if (!exact.has(path)) exact.set(path, family)
    }
  open.sort(([a], [b]) => b.length - a.length)
  return { exact, open, hosts }
}

let near: Index | undefined
let whole: Index | undefined
/** Of what is there at once. */
const nearIndex = (): Index => (near ??= makeIndex([...localFamilies, ...clusterFamilies]))
/** Asks for the list each time: what a lesson needs is what it asks for, also after others. */
function wholeIndex(): Index {
  const list = families()
  return (whole ??= makeIndex(list))
}

/** The family of `docker.io/library/nginx`. */
export function findFamily(name: string): Family | undefined {
  const mirror = mirrors.find(([prefix]) => name.startsWith(prefix))
  const path = mirror ? mirror[1] + name.slice(mirror[0].length) : name
  // No name stands in two families.
  const found = nearIndex().exact.get(path) ?? wholeIndex().exact.get(path)
  if (found) return found
  return wholeIndex().open.find(
    ([prefix]) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'),
  )?.[1]
}

/** Whether a name of that host resolves, as far as this world knows. */
export const isKnownHost = (host: string): boolean =>
  hosts.has(host) ||
  /\.pkg\.dev$|\.amazonaws\.com$|\.azurecr\.io$|\.aliyuncs\.com$/.test(host) ||
  nearIndex().hosts.has(host) ||
  wholeIndex().hosts.has(host)
