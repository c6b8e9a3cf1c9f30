// /dev of a container: devices without end, and the output of its first process.
import type { Engine } from '../engine/engine.ts'
import { MemoryExhausted } from '../engine/holding.ts'
import { MemoryFiles } from '../engine/memory-files.ts'
import type { Container } from './container.ts'
import { memoryFiles, usualSharedMemory } from './memory-disk.ts'

const endless = ['/zero', '/random', '/urandom']
const outputs = ['/stdout', '/stderr']

class Devices extends MemoryFiles {
  readonly #container: Container

  constructor(container: Container, engine: Engine) {
    super({ now: () => engine.now })
    this.#container = container
  }

  override write(path: string, text: string, options: { append?: boolean; mode?: number } = {}): void {
    if (outputs.includes(path)) this.#container.log.write(text, path === '/stderr' ? 'stderr' : 'stdout')
    else if (!endless.includes(path) && path !== '/null') super.write(path, text, options)
  }

  override read(path: string): string {
    if (endless.includes(path)) {
      if (this.#container.memoryLimit === undefined) return '\0'.repeat(65_536)
      // Reading an endless device into memory ends at the container's limit.
      this.#container.outOfMemory()
      throw new MemoryExhausted()
    }
    return super.read(path)
  }
}

export function devices(container: Container, engine: Engine): MemoryFiles {
  const files = new Devices(container, engine)
  for (const path of [...endless, ...outputs, '/null', '/termination-log']) {
    MemoryFiles.prototype.write.call(files, path, '', { mode: 0o666 })
  }
  for (const path of [...endless, '/null']) files.makeSpecial(path, 'character', 0o666)
  files.mkdir('/shm')
  files.mount('/shm', memoryFiles(container, container.options.sharedMemory ?? usualSharedMemory))
  return files
}
