// CoreDNS: reads its Corefile, answers on port 53, and looks every half minute whether the file has changed (plugin/
// reload). A Corefile that it cannot read ends it at its start, in its own words, and is left aside later.
import type { DnsSources, Listener } from '../../engine/network.ts'
import type { Process, Program } from '../../engine/process.ts'
import { Random } from '../../engine/random.ts'
import { sha512 } from '../../engine/sha512.ts'
import { Interrupt, Notifier, sleep, type Task, wait } from '../../engine/task.ts'
import { answer } from '../images/http.ts'
import { startUp } from '../listening.ts'
import { CorefileError } from './corefile.ts'
import { type Configuration, configure } from './server.ts'

const banner = 'CoreDNS-1.14.0\nlinux/amd64, go1.25.2\n'

export const coredns =
  (sources: DnsSources): Program =>
  process =>
    new CoreDns(process, sources).run()

class CoreDns {
  readonly #process: Process
  readonly #sources: DnsSources
  readonly #file: string
  #text = ''
  #listeners: (Listener | undefined)[] = []
  #configuration!: Configuration

  constructor(process: Process, sources: DnsSources) {
    this.#process = process
    this.#sources = sources
    const at = process.argv.indexOf('-conf')
    this.#file = at > 0 ? (process.argv[at + 1] ?? '') : 'Corefile'
  }

  *run(): Task<number> {
    const { stdout, stderr, engine } = this.#process
    const text = this.#read()
    if (text === undefined) {
      stderr.write(`open ${this.#file}: no such file or directory\n`)
      return 1
    }
    try {
      this.#configuration = configure(this.#process, this.#sources, text, this.#file)
    } catch (error) {
      if (!(error instanceof CorefileError)) throw error
      stderr.write(`${error.message}\n`)
      return 1
    }
    this.#text = text
    yield* startUp(this.#process, 'go')
    this.#open()
    stdout.write(`${this.#configuration.addresses.join('\n')}\n`)
    this.#sayConfiguration()
    stdout.write(banner)
    let timer = engine.after(this.#untilLook(), () => look(), { background: true })
    const look = () => {
      this.#look()
      timer = engine.after(this.#untilLook(), look, { background: true })
    }
    try {
      for (;;) yield* wait(new Notifier())
    } catch (error) {
      if (!(error instanceof Interrupt)) throw error
      stdout.write(`[INFO] ${error.signal}: Shutting down servers then terminating\n`)
      const { lameduckMs } = this.#configuration
      if (lameduckMs) {
        stdout.write(`[INFO] plugin/health: Going into lameduck mode for ${lameduckMs / 1000}s\n`)
        yield* sleep(lameduckMs)
      }
      return 0
    } finally {
      timer.cancel()
      this.#close()
    }
  }

  #read(): string | undefined {
    const { files } = this.#process
    return files.exists(this.#file) ? files.read(this.#file) : undefined
  }

  #untilLook(): number {
    const { everyMs = 30_000, jitterMs = 15_000 } = this.#configuration.reload ?? {}
    const { hostname, engine } = this.#process
    // A stream of its own: what it does regularly shall not shift what else happens by chance.
    return everyMs + new Random(1).fork(`reload ${hostname} ${engine.now}`).below(jitterMs + 1)
  }

  #look(): void {
    const { reload } = this.#configuration
    const text = reload && this.#read()
    if (text === undefined || text === this.#text) return
    const { stdout } = this.#process
    stdout.write('[INFO] Reloading\n')
    this.#text = text
    try {
      const configuration = configure(this.#process, this.#sources, text, this.#file)
      this.#close()
      this.#configuration = configuration
      this.#open()
      this.#sayConfiguration()
      stdout.write('[INFO] Reloading complete\n')
    } catch (error) {
      if (!(error instanceof CorefileError)) throw error
      stdout.write(`[ERROR] Restart failed: ${error.message}\n`)
      stdout.write(`[ERROR] plugin/reload: Corefile changed but reload failed: ${error.message}\n`)
    }
  }

  #sayConfiguration(): void {
    const { stdout } = this.#process
    const { json, unserved, has } = this.#configuration
    if (has('reload')) stdout.write(`[INFO] plugin/reload: Running configuration SHA512 = ${sha512(json)}\n`)
    for (const name of unserved) stdout.write(`[WARNING] plugin/${name}: has no effect in this cluster\n`)
  }

  #open(): void {
    const { network } = this.#process
    const { resolve, has, portOf } = this.#configuration
    const ok = (port: number, path: string) =>
      network.listen(port, function* (request) {
        return request.path.split('?')[0] === path ? answer(200, 'OK') : answer(404, '404 page not found\n')
      })
    this.#listeners = [
      network.listen(53, undefined, resolve),
      ...(has('health') ? [ok(portOf('health', 8080), '/health')] : []),
      ...(has('ready') ? [ok(portOf('ready', 8181), '/ready')] : []),
      ...(has('prometheus') ? [network.listen(portOf('prometheus', 9153))] : []),
    ]
  }

  #close(): void {
    for (const listener of this.#listeners) listener?.close()
    this.#listeners = []
  }
}
