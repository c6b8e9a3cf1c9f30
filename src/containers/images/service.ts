// The one program of all services that only start, log and listen; and stand-ins for programs that nobody knows here,
// which listen where their container's manifest says.
import { formatTime } from '../../engine/engine.ts'
import { byEither, type HttpHandler, type Listener } from '../../engine/network.ts'
import type { Process, Program } from '../../engine/process.ts'
import { startUp, startUpAbout } from '../listening.ts'
import { baseOf } from './bases.ts'
import { answer, httpDate, untilSignal } from './http.ts'
import type { Executable, Image, ImageMaker } from './image.ts'
import { serviceOf } from './services/index.ts'
import type { Service } from './services/service-data.ts'

const fill = (text: string, { engine, hostname }: Process, version: string): string => {
  const iso = formatTime(engine.now)
  const values: Record<string, string> = {
    v: version,
    t: iso,
    d: iso.slice(0, 19).replace('T', ' '),
    p: hostname,
  }
  return text.replace(/\{([vtdp])\}/g, (_, name: string) => values[name]!)
}

const respond = (process: Process, http: NonNullable<Service['http']>): HttpHandler =>
  function* ({ path, method }) {
    const found = http[path.split('?')[0]!] ?? http['*']
    const [status, body, type = 'text/plain; charset=utf-8'] =
      typeof found === 'string' ? [200, found] : (found ?? [404, '404 page not found\n'])
    return answer(status, method === 'HEAD' ? '' : body, {
      date: httpDate(process.engine.now),
      'content-type': type,
    })
  }

/** Of those whose data say nothing: most are small programs in Go or C, and read more than a small server does: an estimate. */
const usualBootMs = 100

const run = (service: Service, version: string): Program =>
  function* (process) {
    const { env, files, network, stderr, stdout } = process
    if (service.needs && !service.needs.variables.some(name => env.get(name))) {
      stderr.write(`${service.needs.message}\n`)
      return 1
    }
    const ports = [...service.ports]
    if (service.configuration) {
      const { path, missing, port } = service.configuration
      if (!files.exists(path)) {
        stderr.write(`${missing}\n`)
        return 1
      }
      for (const [, number] of files.read(path).matchAll(port)) ports.push(Number(number))
    }
    if (service.data) {
      const { path, text } = service.data
      files.mkdir(path.slice(0, path.lastIndexOf('/')), { parents: true })
      if (!files.exists(path)) files.write(path, text)
    }
    yield* startUpAbout(process, service.bootMs ?? usualBootMs)
    for (const line of service.log ?? []) stdout.write(`${fill(line, process, version)}\n`)
    const listeners: (Listener | undefined)[] = []
    for (const port of ports)
      listeners.push(
        network.listen(port, service.http ? byEither(respond(process, service.http)) : undefined),
      )
    return yield* untilSignal(service.exit ?? 0, listeners)
  }

/** What a stand-in does: it listens on the ports that its manifest declares, and says what it is. */
const opaqueProgram = (name: string): Program =>
  function* (process) {
    const { engine, network, ports = [], stdout } = process
    yield* startUp(process, 'go')
    stdout.write(
      `A stand-in for ${name}: this simulator does not have the program itself. ${ports.length ? `It answers on port ${ports.join(', ')}.` : 'It only runs.'}\n`,
    )
    const listeners = ports.map(port =>
      network.listen(
        port,
        byEither(function* () {
          return answer(200, `A stand-in for ${name}.\n`, {
            date: httpDate(engine.now),
            'content-type': 'text/plain; charset=utf-8',
          })
        }),
      ),
    )
    return yield* untilSignal(0, listeners)
  }

/** A command of the image's system runs as it is; options and anything else go to the image's own program. */
const server = (program: Program): Executable => ({
  run: program,
  handlesSignals: true,
  becomes: ([, ...args]) => (args[0] && !args[0].startsWith('-') ? args : []),
})

export const service: ImageMaker = (wanted, ...cluster) => {
  const found = serviceOf(wanted.repository, wanted.detail)
  if (!found) return opaque(wanted, ...cluster)
  const version = wanted.version || found.version || 'latest'
  const { files, shell } = baseOf(wanted)
  return {
    ...(!found.bare && { shell }),
    files: files ?? {},
    ...runs(server(run(found, version)), wanted.repository),
    ports: found.ports,
  }
}

export const opaque: ImageMaker = wanted => {
  const name = `${wanted.repository.replace(/^docker\.io\/(library\/)?/, '')}${wanted.tag ? `:${wanted.tag}` : ''}`
  return { ...baseOf(wanted), ...runs(server(opaqueProgram(name)), wanted.repository) }
}

/** The one program of an image, under whatever name a manifest calls it. */
function runs(
  executable: Executable,
  repository: string,
): Pick<Image, 'programs' | 'entrypoint' | 'fallback'> {
  const path = `/usr/local/bin/${repository.split('/').at(-1)}`
  return { programs: { [path]: executable }, entrypoint: [path], fallback: executable }
}
