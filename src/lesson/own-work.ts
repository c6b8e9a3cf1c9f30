// What of a world is the reader's own: objects and files that the lesson's commands alone would not have brought.
import { servedKinds } from '../kinds/index.ts'
import { Life } from './life.ts'
import type { Script } from './script.ts'
import { workDirectory } from './workstation.ts'
import type { World } from './world.ts'

export interface OwnWork {
  /** `deployment/web`, with its namespace where that is not the default one: `deployment/shop/web`. */
  readonly objects: readonly string[]
  /** By their path from the working directory; also those of the lesson whose text was changed. */
  readonly files: readonly string[]
}

/** Kinds that the cluster makes by itself, beside what has an owner. */
const byItself = new Set([
  'Event',
  'Endpoints',
  'EndpointSlice',
  'Lease',
  'Node',
  'CSINode',
  'PersistentVolume',
])
const systemNamespaces = new Set(['kube-system', 'kube-public', 'kube-node-lease'])

export function ownWork(life: Life, script: Script): OwnWork {
  const lesson = new Life(script)
  while (lesson.player.position < life.player.position)
    for (const _ of lesson.perform({ at: 0, type: 'next' }));
  const [known, there] = [objectsOf(lesson.world), objectsOf(life.world)]
  const [before, now] = [filesOf(lesson.world), filesOf(life.world)]
  return {
    objects: [...there].filter(each => !known.has(each)).sort(),
    files: [...now.keys()].filter(name => now.get(name) !== before.get(name)).sort(),
  }
}

function objectsOf(world: World): Set<string> {
  const client = world.cluster.client('lab')
  const found = new Set<string>()
  for (const { kind, resource, conversion } of servedKinds) {
    if (conversion || byItself.has(kind.kind) || !resource.verbs.includes('list')) continue
    const { plural, group, version } = resource
    for (const { metadata } of client.resource(`${plural}${group && `.${group}`}/${version}`).list()) {
      const { namespace = '', name, ownerReferences } = metadata
      if (ownerReferences?.length || systemNamespaces.has(namespace)) continue
      if (kind.kind === 'ConfigMap' && name === 'kube-root-ca.crt') continue
      if (kind.kind === 'ServiceAccount' && name === 'default') continue
      found.add(
        [kind.kind.toLowerCase(), ...(namespace && namespace !== 'default' ? [namespace] : []), name].join(
          '/',
        ),
      )
    }
  }
  return found
}

function filesOf({ files }: World): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (directory: string): void => {
    for (const name of files.list(directory)) {
      const path = `${directory}/${name}`
      const { type } = files.stat(path, { followLinks: false })
      if (type === 'directory') walk(path)
      else if (type === 'file') found.set(path.slice(workDirectory.length + 1), files.read(path))
    }
  }
  if (files.exists(workDirectory)) walk(workDirectory)
  return found
}
