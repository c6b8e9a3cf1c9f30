// crictl: what the runtime has as the kubelet sees it, on its node. Left out: inspections, statistics, making things by
// hand. Words and columns: cri-tools 1.36.

import type { Container } from '../../containers/container.ts'
import { configDigest } from '../../containers/content.ts'
import { formatTime } from '../../engine/engine.ts'
import { humanDuration, humanSize } from '../../engine/go-units.ts'
import type { Process } from '../../engine/process.ts'
import { type Task, wait } from '../../engine/task.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import { sandboxId } from '../create.ts'
import type { ImageManager } from '../images.ts'
import type { Kubelet } from '../kubelet.ts'
import type { PodWorker } from '../pod-worker.ts'
import { killContainer } from '../sync-containers.ts'

/** What crictl can do besides. */
const others =
  'attach checkpoint completion create events imagefsinfo info inspect inspecti inspectp metricdescs metricsp port-forward rm rmp run runp start stats statsp stopp update update-runtime-config'.split(
    ' ',
  )
const socket = 'unix:///run/containerd/containerd.sock'
const short = (id: string) => id.slice(0, 13)
const imageId = (found: Parameters<typeof configDigest>[0]) => configDigest(found).slice(7)

export function crictl(kubelet: Kubelet): Tool {
  function* containers(): Generator<[Container, PodWorker]> {
    for (const worker of kubelet.workers) for (const c of worker.runtime.containers) yield [c, worker]
  }
  const byId = (id: string): [Container, PodWorker] => {
    for (const found of containers()) if (id && found[0].state.id.startsWith(id)) return found
    const { now } = kubelet.engine
    throw new ToolError(
      `time="${formatTime(now)}" level=fatal msg="rpc error: code = NotFound desc = an error occurred when try to find container \\"${id}\\": not found"`,
    )
  }
  const ago = (at: number): string => `${humanDuration(kubelet.engine.now - at)} ago`

  const commands: Record<string, (process: Process, args: string[]) => Task<number>> = {
    *images({ stdout }, args) {
      const all = kubelet.images.present.map(found => {
        const [path = '', tag = ''] = /^(.*):(.*)$/.exec(found.name)?.slice(1) ?? []
        return { path, tag, id: imageId(found), size: humanSize(found.size, 3) }
      })
      all.sort((a, b) => (a.path + a.tag < b.path + b.tag ? -1 : 1))
      if (args.includes('-q')) for (const { id } of all) stdout.write(`sha256:${id}\n`)
      else
        stdout.write(
          columns([
            ['IMAGE', 'TAG', 'IMAGE ID', 'SIZE'],
            ...all.map(i => [i.path, i.tag, short(i.id), i.size]),
          ]),
        )
      return 0
    },
    *ps({ stdout }, args) {
      const all = args.some(a => /^-\w*a/.test(a) || a === '--all')
      const wanted = args.includes('--name') ? args[args.indexOf('--name') + 1] : undefined
      const rows = [...containers()]
        .filter(([c]) => (all || c.running) && (!wanted || c.state.name.includes(wanted)))
        .sort(([a], [b]) => b.state.createdAt - a.state.createdAt)
      if (args.some(a => a === '-q')) for (const [{ state }] of rows) stdout.write(`${state.id}\n`)
      else
        stdout.write(
          columns([
            ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'],
            ...rows.map(([{ state, options }, worker]) => [
              short(state.id),
              short(imageId(options.found)),
              ago(state.createdAt),
              state.state[0]!.toUpperCase() + state.state.slice(1),
              state.name,
              String(state.restartCount),
              short(sandboxId(worker.pod)),
              worker.pod.metadata.name,
              worker.pod.metadata.namespace ?? '',
            ]),
          ]),
        )
      return 0
    },
    *pods({ stdout }, args) {
      const wanted = args.includes('--name') ? args[args.indexOf('--name') + 1] : undefined
      const rows = [...kubelet.workers]
        .filter(({ pod, runtime }) => runtime.sandbox && (!wanted || pod.metadata.name.includes(wanted)))
        .map(worker => ({ worker, at: madeAt(worker) }))
        .sort((a, b) => b.at - a.at)
      if (args.includes('-q')) for (const { worker } of rows) stdout.write(`${sandboxId(worker.pod)}\n`)
      else
        stdout.write(
          columns([
            ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
            ...rows.map(({ worker, at }) => [
              short(sandboxId(worker.pod)),
              ago(at),
              worker.runtime.sandbox!.state.ready ? 'Ready' : 'NotReady',
              worker.pod.metadata.name,
              worker.pod.metadata.namespace ?? '',
              '0',
              '(default)',
            ]),
          ]),
        )
      return 0
    },
    *logs({ stdout }, args) {
      const tail = args.findIndex(a => a.startsWith('--tail'))
      const tailLines = tail < 0 ? undefined : Number(args[tail]!.split('=')[1] ?? args[tail + 1])
      const id = args.find((a, i) => !a.startsWith('-') && !/^--tail$/.test(args[i - 1] ?? ''))
      const [container] = byId(id ?? '')
      stdout.write(container.log.text(tailLines === undefined ? {} : { tailLines }))
      return 0
    },
    *exec(process, args) {
      const [id = '', ...argv] = args.filter((a, i) => !(a.startsWith('-') && i < 2))
      const started = byId(id)[0].exec(argv, process, process.terminal)
      if ('error' in started)
        throw new ToolError(
          `time="${formatTime(kubelet.engine.now)}" level=fatal msg="execing command in container: ${started.error.replaceAll('"', '\\"')}"`,
        )
      const outcome = yield* wait(started.fiber.outcome)
      return outcome.type === 'returned' ? outcome.value : 137
    },
    *stop({ stdout }, args) {
      for (const id of args.filter(a => !a.startsWith('-'))) {
        const [container, worker] = byId(id)
        if (container.running) yield* killContainer(worker, container, 0)
        stdout.write(`${id}\n`)
      }
      return 0
    },
    *pull({ stdout }, [reference = '']) {
      const result = yield* kubelet.images.fetch(reference)
      if (!result.ok)
        throw new ToolError(
          `time="${formatTime(kubelet.engine.now)}" level=fatal msg="pulling image: ${result.message.replaceAll('"', '\\"')}"`,
        )
      kubelet.images.put(reference, result.found)
      stdout.write(`Image is up to date for ${configDigest(result.found)}\n`)
      return 0
    },
    *rmi({ stdout }, args) {
      for (const each of args) {
        const found = find(kubelet.images, each)
        if (!found)
          throw new ToolError(
            `time="${formatTime(kubelet.engine.now)}" level=error msg="no such image ${each}"\ntime="${formatTime(kubelet.engine.now)}" level=fatal msg="unable to remove the image(s)"`,
          )
        kubelet.images.remove(found.name)
        stdout.write(`Deleted: ${found.name}\n`)
      }
      return 0
    },
    *version({ stdout }) {
      stdout.write(
        'Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  1.6.20~ds1\nRuntimeApiVersion:  v1\n',
      )
      return 0
    },
  }
  const aliases: Record<string, string> = { image: 'images', img: 'images' }

  return tool('crictl', "client of the node's container runtime", function* (process) {
    const { argv, engine, stderr, files, identity } = process
    const args = argv.slice(1)
    let told = files.exists('/etc/crictl.yaml')
    const note = (level: string, text: string) =>
      stderr.write(`time="${formatTime(engine.now)}" level=${level} msg=${JSON.stringify(text)}\n`)
    const refused = (endpoint: string, why: string) =>
      note(
        'fatal',
        `validate service connection: validate CRI v1 runtime API for endpoint "${endpoint}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${endpoint.replace('unix://', '')}: connect: ${why}"`,
      )
    if (!told && (!identity || identity.uid === 0))
      note('warning', 'Config "/etc/crictl.yaml" does not exist, trying next: "/usr/local/bin/crictl.yaml"')
    // The socket is root's alone.
    if (identity && identity.uid !== 0) {
      refused(socket, 'permission denied')
      return 1
    }
    if (!kubelet.runtimeService.active) {
      refused(socket, 'no such file or directory')
      return 1
    }
    while (args[0]?.startsWith('-')) {
      const [option, value] = args.shift()!.split('=')
      if (option !== '-r' && option !== '--runtime-endpoint')
        throw new ToolError(
          `time="${formatTime(engine.now)}" level=fatal msg="flag provided but not defined: ${option}"`,
        )
      const endpoint = value ?? args.shift() ?? ''
      told = true
      if (!socket.endsWith(endpoint.replace('unix://', ''))) {
        refused(endpoint, 'no such file or directory')
        return 1
      }
    }
    const [name = '', ...rest] = args
    const command = commands[aliases[name] ?? name]
    if (!command)
      throw new ToolError(
        others.includes(name)
          ? `crictl: here only ${Object.keys(commands).join(', ')} are possible`
          : `No help topic for '${name}'`,
        3,
      )
    if (!told)
      for (const what of command === commands.images ? ['Image'] : ['runtime', 'Image'])
        note(
          'warning',
          `${what} connect using default endpoints: [${socket} unix:///run/crio/crio.sock unix:///var/run/cri-dockerd.sock]. As the default settings are now deprecated, you should set the endpoint instead.`,
        )
    return yield* command(process, rest)
  })
}

const find = (images: ImageManager, text: string) =>
  images.find(text) ?? images.present.find(found => imageId(found).startsWith(text.replace('sha256:', '')))

/** When the pod's sandbox was made: a little before its first container. */
const madeAt = ({ runtime, kubelet }: PodWorker): number =>
  Math.min(kubelet.engine.now, ...runtime.containers.map(c => c.state.createdAt))

/** tabwriter with cells of 20 at least and three blanks between; the last one is not padded. */
const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]!.map((_, i) => Math.max(20, ...rows.map(row => row[i]!.length + 3)))
  return rows
    .map(row => `${row.map((c, i) => (i === row.length - 1 ? c : c.padEnd(widths[i]!))).join('')}\n`)
    .join('')
}
