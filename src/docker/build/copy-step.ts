// COPY and ADD: files of the context, of another stage or image, or of the Dockerfile itself, put onto the state so far.
import { FileError, type Files } from '../../engine/files.ts'
import { MemoryFiles } from '../../engine/memory-files.ts'
import { sleep, type Task } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { copyInto } from './copy.ts'
import { BuildError } from './errors.ts'
import type { CopyStep } from './instructions.ts'
import type { StageState } from './state.ts'

/** An estimate: ms that each MB adds to a copy. Ten copies of a program are recorded, as 0.0 s and 0.1 s. */
const msPerMegabyte = 4

/** What one word of a copy stands for. */
export interface CopySource {
  readonly files: Files
  readonly paths: readonly string[]
  readonly isWanted: (path: string) => boolean
}

/** The document of the Dockerfile that `<<EOF` names, as a file; undefined where the word names none. */
export function heredocSource(
  step: CopyStep,
  word: string,
  expand: (text: string) => string,
  now: () => number,
): CopySource | undefined {
  const document = step.heredocs.find(each => `<<${each.name}` === word.replace(/['"-]/g, ''))
  if (!document) return undefined
  const files = new MemoryFiles({ now })
  const path = `/${document.name}`
  files.write(path, document.raw ? document.content : expand(document.content))
  return { files, paths: [path], isWanted: () => true }
}

/** The files with the copy among them. `place`: the whole path of the target; throws BuildError where it cannot be written. */
export function* copyStep(
  daemon: Daemon,
  { root }: StageState,
  step: CopyStep,
  sources: readonly CopySource[],
  { target, place, owner }: { target: string; place: string; owner: { uid: number; gid: number } },
): Task<MemoryFiles> {
  const mode = step.flags.get('chmod')?.at(-1)
  const isDirectory =
    /\/$|(^|\/)\.$/.test(target) || sources.length > 1 || sources.some(each => each.paths.length > 1)
  const after = root.fork({ now: () => daemon.engine.now })
  let bytes = 0
  for (const { files, paths } of sources) for (const path of paths) bytes += files.stat(path).size
  yield* sleep(
    (daemon.chance.take('buildCopy') + (bytes / 1e6) * msPerMegabyte) * daemon.machine.disk.slowness,
  )
  try {
    for (const { files, paths, isWanted } of sources)
      copyInto(files, paths, after, place, isDirectory, {
        ...owner,
        mode: mode === undefined ? undefined : Number.parseInt(mode, 8),
        isWanted,
      })
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new BuildError(`failed to solve: ${error.reason.toLowerCase()}: ${error.path}`, step.lines)
  }
  return after
}
