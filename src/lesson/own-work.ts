// What of a world is the reader's own: objects and files that the lesson's commands alone would not have brought.
import type { KubeObject } from '../kinds/object.ts'
import { resources } from '../kinds/resources.ts'
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

/**
 * Where one's own objects are looked for. Not among roles and the like: a fresh cluster makes those when it is first asked
 * for them, and a question must not change the world that it is about.
 */
const looked = new Set(
  `namespaces pods deployments replicasets statefulsets daemonsets jobs cronjobs replicationcontrollers services
  ingresses networkpolicies configmaps secrets serviceaccounts persistentvolumeclaims horizontalpodautoscalers
  poddisruptionbudgets resourcequotas limitranges ingressclasses storageclasses priorityclasses customresourcedefinitions`.split(
    /\s+/,
  ),
)
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
  const found = new Set<string>()
  for (const { group, version, plural, kind } of resources) {
    if (!looked.has(plural)) continue
    const path = `${group ? `/apis/${group}/${version}` : `/api/${version}`}/${plural}`
    const { body } = world.cluster.api.handle({
      method: 'GET',
      path,
      managedFields: false,
      looks: true,
      userAgent: 'lab',
    })
    for (const { metadata } of (body.items ?? []) as KubeObject[]) {
      const { namespace = '', name, ownerReferences } = metadata
      if (ownerReferences?.length || systemNamespaces.has(namespace)) continue
      if (kind === 'ConfigMap' && name === 'kube-root-ca.crt') continue
      if (kind === 'ServiceAccount' && name === 'default') continue
      const place = namespace && namespace !== 'default' ? [namespace] : []
      found.add([kind.toLowerCase(), ...place, name].join('/'))
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
