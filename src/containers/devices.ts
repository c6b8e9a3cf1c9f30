// The files of a container that are no files: devices, the output of its first process, its mount table.
import type { Engine } from '../engine/engine.ts'
import { MemoryFiles } from '../engine/memory-files.ts'
import { MemoryExhausted } from '../engine/pipe.ts'
import type { Container } from './container.ts'
import type { ContainerSpec } from './types.ts'

class SpecialFiles extends MemoryFiles {
  readonly #container: Container
  /** Paths that lead to the container's log. */
  readonly #outputs: readonly string[]

  constructor(container: Container, engine: Engine, outputs: readonly string[]) {
    super({ now: () => engine.now })
    this.#container = container
    this.#outputs = outputs
  }

  override write(path: string, text: string, options: { append?: boolean; mode?: number } = {}): void {
    if (this.#outputs.includes(path)) this.#container.log.write(text)
    else if (!endless.includes(path)) super.write(path, text, options)
  }

  override read(path: string): string {
    if (endless.includes(path)) {
      if (this.#container.options.spec.resources?.limits?.memory === undefined) return '\0'.repeat(65_536)
      // Reading an endless device into memory ends at the container's limit.
      this.#container.outOfMemory()
      throw new MemoryExhausted()
    }
    return super.read(path)
  }
}

const endless = ['/zero', '/random', '/urandom']

/** /dev */
export function devices(container: Container, engine: Engine): MemoryFiles {
  const files = new SpecialFiles(container, engine, ['/stdout', '/stderr'])
  for (const name of ['/null', '/termination-log']) MemoryFiles.prototype.write.call(files, name, '')
  for (const name of [...endless, '/stdout', '/stderr'])
    MemoryFiles.prototype.write.call(files, name, '', { mode: 0o666 })
  return files
}

/** /proc, as far as scripts look at it. */
export function processFiles(container: Container, spec: ContainerSpec, engine: Engine): MemoryFiles {
  const outputs = ['/1/fd/1', '/1/fd/2', '/self/fd/1', '/self/fd/2']
  const files = new SpecialFiles(container, engine, outputs)
  for (const path of outputs) {
    files.mkdir(path.slice(0, path.lastIndexOf('/')), { parents: true })
    MemoryFiles.prototype.write.call(files, path, '')
  }
  files.write('/1/cmdline', `${container.command.join('\0')}\0`)
  const mounts = ['overlay / overlay rw,relatime 0 0', 'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0']
  for (const { mountPath, readOnly } of spec.volumeMounts ?? [])
    mounts.push(`tmpfs ${mountPath} tmpfs ${readOnly ? 'ro' : 'rw'},relatime,size=24581696k,noswap 0 0`)
  files.write('/mounts', `${mounts.join('\n')}\n`)
  return files
}
