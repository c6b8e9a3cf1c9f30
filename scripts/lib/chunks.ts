// How the lab's code is cut into files. What every world begins with is one file, what nearly every session types is
// another, and each part of the tables (src/engine/parts.ts) is one of its own: few requests before the first output, and
// nothing in them that is not needed.

/** Parts that every world has loaded by the time it stands. */
const begin = [
  'kinds/pod.ts',
  'kinds/secret.ts',
  'kinds/lease.ts',
  'kinds/event.ts',
  'kinds/deployment.ts',
  'kinds/replicaset.ts',
  'containers/images/cluster.ts',
  'containers/images/etcd.ts',
  'containers/images/kube-apiserver.ts',
  'containers/images/pause.ts',
]
const everyday = ['kubectl/commands/get.ts', 'kubectl/commands/apply.ts']

interface ChunkContext {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

/** Groups for rolldown's `codeSplitting`: the modules that the named ones import statically, with themselves. */
export function chunkGroups(root: string): { name(id: string, context: ChunkContext): string | null }[] {
  const source = `${root.replaceAll('\\', '/')}/src/`
  const closures = new Map<string, Set<string>>()
  const closure = (name: string, files: readonly string[], context: ChunkContext): Set<string> => {
    let reached = closures.get(name)
    if (!reached) {
      reached = new Set()
      const waiting = files.map(file => source + file)
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        if (reached.has(id)) continue
        reached.add(id)
        waiting.push(...(context.getModuleInfo(id)?.importedIds ?? []))
      }
      closures.set(name, reached)
    }
    return reached
  }
  return [
    {
      name: (id, context) =>
        closure('lab', ['site/worker/main.ts', ...begin], context).has(id) ? 'lab' : null,
    },
    { name: (id, context) => (closure('everyday', everyday, context).has(id) ? 'everyday' : null) },
  ]
}
