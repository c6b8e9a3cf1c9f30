// How the lab's code is cut into files. The core, with which every world begins and which nearly every session types, is one
// file; each part of the tables (src/engine/parts.ts) is one of its own, and so are the rooms of what is cut out of the core
// (rare-code): few requests before the first output, and nothing in them that is not needed.
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'vite'

/** The worker, the parts that every world has loaded by the time it stands, and the commands of every day. */
const core = [
  'src/site/worker/main.ts',
  'src/kinds/pod.ts',
  'src/kinds/secret.ts',
  'src/kinds/lease.ts',
  'src/kinds/event.ts',
  'src/kinds/deployment.ts',
  'src/kinds/replicaset.ts',
  'src/containers/images/cluster.ts',
  'src/containers/images/etcd.ts',
  'src/containers/images/kube-apiserver.ts',
  'src/containers/images/pause.ts',
  'src/kubectl/commands/get.ts',
  'src/kubectl/commands/apply.ts',
]

/** Paths below the root of the modules of the core, with those that they import statically. */
export function coreModules(root: string): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting = [...core]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    waiting.push(...importedBy(root, path))
  }
  return reached
}

function importedBy(root: string, path: string): string[] {
  const { program } = parseSync(path, readFileSync(join(root, path), 'utf8'))
  return program.body.flatMap(each => {
    const imports = each.type === 'ImportDeclaration' && each.importKind !== 'type'
    const from = imports || each.type === 'ExportNamedDeclaration' ? each.source?.value : undefined
    return from?.startsWith('.') ? posix.join(posix.dirname(path), from) : []
  })
}

/** Groups for rolldown's `codeSplitting`. */
export function chunkGroups(root: string): { name(id: string): string | null }[] {
  const start = `${root.replaceAll('\\', '/')}/`
  let modules: ReadonlySet<string> | undefined
  return [
    {
      name(id) {
        modules ??= coreModules(root)
        return id.startsWith(start) && modules.has(id.slice(start.length)) ? 'lab' : null
      },
    },
  ]
}
