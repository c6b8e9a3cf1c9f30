// etcdutl 3.6 as far as it only looks: what a snapshot holds. Since 3.6 this is no part of etcdctl. A restore is refused in words.
import { resolvePath } from '../../engine/files.ts'
import { Random } from '../../engine/random.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'

export const etcdutl = (): Tool =>
  tool('etcdutl', 'look into a snapshot of etcd', function* ({ argv, cwd, engine, files, stdout }) {
    const [command = '', verb = '', path] = argv.slice(1)
    if (command === 'version') {
      stdout.write('etcdutl version: 3.6.8\nAPI version: 3.6\n')
      return 0
    }
    if (command !== 'snapshot' || verb !== 'status' || argv.length > 4)
      throw new ToolError('etcdutl: here only version and snapshot status FILE are possible', 128)
    if (path === undefined) throw new ToolError('Error: snapshot status requires exactly one argument', 128)
    const file = resolvePath(cwd, path)
    if (!files.exists(file)) throw new ToolError(`Error: stat ${path}: no such file or directory`)
    const text = files.read(file)
    const { at, pods } = snapshotOf(text, path)
    // Hash, revision, keys, size, version of the storage.
    const revision = 1000 + Math.floor((at - engine.epoch) / 1000)
    stdout.write(`${new Random(1).fork(text).hex(8)}, ${revision}, ${900 + pods}, 5.6 MB, 3.6.0\n`)
    return 0
  })

/** What `etcdctl snapshot save` has written. */
function snapshotOf(text: string, path: string): { readonly at: number; readonly pods: number } {
  try {
    const { at, pods } = JSON.parse(text)
    if (typeof at === 'number') return { at, pods }
  } catch {
    // not a snapshot
  }
  throw new ToolError(`Error: ${path} is no snapshot that was saved here`)
}
