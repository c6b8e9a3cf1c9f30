// nerdctl, docker's words for containerd, as far as one looks at a node with it: images and containers by namespace, pulls,
// logs, commands in containers. What would make containers is left out and said. Columns and names: nerdctl 2.3.

import type { Container } from '../../containers/container.ts'
import { sizeOf } from '../../containers/content.ts'
import { canonicalName, type FoundImage, fullName } from '../../containers/registry.ts'
import { dictionary } from '../../engine/dictionary.ts'
import { formatTime } from '../../engine/engine.ts'
import { humanDuration, humanSize } from '../../engine/go-units.ts'
import { emptyInput } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import { sleep, type Task, wait } from '../../engine/task.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import { sandboxId } from '../create.ts'
import type { Kubelet } from '../kubelet.ts'
import { imagesOf, kubernetes, namespaces, references } from './containerd.ts'
import { type Options, WrongFlag } from './crictl/flags.ts'
import { importImages } from './ctr-archive.ts'
import { fetchImage, unpackingMs } from './ctr-pull.ts'
import { table } from './ctr-table.ts'
import { readFlags } from './flags.ts'

const version = 'v2.3.4'
/** An archive of files is so much larger than its compressed form. */
const expansion = 2.55
const pause = 'registry.k8s.io/pause:3.8'

/** The commands that are here, with the flags that act. */
const flags: Readonly<Record<string, string>> = dictionary({
  version: '',
  images: 'quiet,q only ids',
  ps: 'all,a those that have ended too\nquiet,q only ids',
  ls: 'all,a those that have ended too\nquiet,q only ids',
  pull: '',
  rmi: '',
  rm: '',
  tag: '',
  load: 'input,i:string an archive',
  logs: 'tail,n:string lines from the end\nfollow,f what comes too\ntimestamps,t with times',
  exec: 'interactive,i with input\ntty,t at a terminal',
  namespace: '',
  ns: '',
})

const shown = (known: string): string =>
  known
    .split('\n')
    .flatMap(line => /^[\w-]+/.exec(line)?.[0] ?? [])
    .map(name => `--${name}`)
    .join(', ') || 'none of its flags'

const notHere = (group: string | undefined, typed: string): ToolError =>
  new ToolError(
    `nerdctl: '${[group, typed].filter(Boolean).join(' ')}' is not part of this simulator: version, images, ps, pull, rmi, tag, load, logs, exec and namespace ls are; kubectl or docker make containers`,
  )

interface Row {
  readonly id: string
  readonly image: string
  readonly command: readonly string[]
  readonly createdAt: number
  readonly name: string
  readonly status: string
  readonly container: Container | undefined
}

const columns = (rows: readonly (readonly string[])[]): string => table(rows, 4).replace(/ +$/gm, '')

const short = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12)

/** `nginx` for `docker.io/library/nginx`. */
const familiar = (name: string): string => name.replace(/^docker\.io\/(library\/)?/, '')

export function nerdctl(kubelet: Kubelet): Tool {
  const { engine } = kubelet
  const ago = (at: number): string => `${humanDuration(engine.now - at)} ago`

  /** The newest first: of each pod its containers and the one that holds its network. */
  function containers(namespace: string): Row[] {
    if (namespace !== kubernetes) return []
    const rows: Row[] = []
    for (const { pod, runtime } of kubelet.workers) {
      const name = `k8s://${pod.metadata.namespace}/${pod.metadata.name}`
      const made = Math.min(engine.now, ...runtime.containers.map(({ state }) => state.createdAt))
      if (runtime.sandbox)
        rows.push({
          id: sandboxId(pod),
          image: pause,
          command: ['/pause'],
          createdAt: made,
          name,
          status: 'Up',
          container: undefined,
        })
      for (const container of runtime.containers) {
        const { state, running, command } = container
        const { exitCode = 0, finishedAt = engine.now } = state
        const status = running ? 'Up' : `Exited (${exitCode}) ${ago(finishedAt)}`
        const { id, image, createdAt } = state
        rows.push({ id, image, command, createdAt, name: `${name}/${state.name}`, status, container })
      }
    }
    return rows.sort((a, b) => b.createdAt - a.createdAt)
  }

  function containerOf(namespace: string, id: string): Container {
    const found = containers(namespace).find(row => id && (row.id.startsWith(id) || row.name === id))
    if (!found?.container) throw fatal(`no such container: ${id}`)
    return found.container
  }

  const fatal = (message: string): ToolError =>
    new ToolError(`time="${formatTime(engine.now)}" level=fatal msg=${JSON.stringify(message)}`)

  const unpacked = ({ content, size }: FoundImage): number =>
    content ? sizeOf(content) : Math.round(size * expansion)

  function images({ stdout }: Process, namespace: string, options: Options): number {
    const rows = [...references(kubelet, namespace)].map(([name, found]) => {
      const [, repository = '<none>', tag = '<none>'] = /^([^@]+?)(?::([^/@:]+))?(?:@.*)?$/.exec(
        name.startsWith('sha256:') ? '' : name,
      ) ?? ['']
      const id = short(found.digest.split('@')[1]!)
      const created = ago(imagesOf(kubelet, namespace).since(found.name))
      const sizes = [humanSize(unpacked(found), 3), humanSize(found.size, 3)]
      return [familiar(repository), tag, id, created, 'linux/amd64', ...sizes]
    })
    if (options.is('quiet')) for (const [, , id] of rows) stdout.write(`${id}\n`)
    else
      stdout.write(
        columns([['REPOSITORY', 'TAG', 'IMAGE ID', 'CREATED', 'PLATFORM', 'SIZE', 'BLOB SIZE'], ...rows]),
      )
    return 0
  }

  function ps({ stdout }: Process, namespace: string, options: Options): number {
    const all = options.is('all')
    const rows = containers(namespace).filter(({ status }) => all || status === 'Up')
    if (options.is('quiet')) for (const { id } of rows) stdout.write(`${short(id)}\n`)
    else
      stdout.write(
        columns([
          ['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES'],
          ...rows.map(({ id, image, command, createdAt, status, name }) => {
            const words = command.join(' ')
            const shown = words.length > 20 ? `${words.slice(0, 19)}…` : words
            return [short(id), image, JSON.stringify(shown), ago(createdAt), status, '', name]
          }),
        ]),
      )
    return 0
  }

  function* pull(process: Process, namespace: string, [text = '']: readonly string[]): Task<number> {
    const parsed = canonicalName(text)
    if (!parsed) throw fatal(`invalid reference format: ${text}`)
    const { registry, disk, random } = kubelet
    const place = {
      registry,
      images: imagesOf(kubelet, namespace),
      disk,
      random: random.fork('nerdctl'),
      login: undefined,
    }
    try {
      const { found, isHere } = yield* fetchImage(process, place, fullName(parsed))
      if (isHere) return 0
      yield* sleep(unpackingMs(found) * disk.slowness)
      place.images.put(fullName(parsed), found, true)
      return 0
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      throw fatal(error.message.replace(/^ctr: /, ''))
    }
  }

  function remove({ stdout }: Process, namespace: string, names: readonly string[]): number {
    const present = imagesOf(kubelet, namespace)
    for (const text of names) {
      const found =
        present.find(text) ?? present.present.find(({ digest }) => digest.includes(`@sha256:${text}`))
      if (!found) throw fatal(`1 errors:\nno such image: ${text}`)
      present.remove(found.name)
      stdout.write(`Untagged: ${found.name}@${found.digest.split('@')[1]}\n`)
    }
    return 0
  }

  function tag(namespace: string, [from = '', to = '']: readonly string[]): number {
    const found = imagesOf(kubelet, namespace).find(from)
    const target = canonicalName(to)
    if (!found) throw fatal(`1 errors:\nno such image: ${from}`)
    if (!target) throw fatal(`invalid reference format: ${to}`)
    imagesOf(kubelet, namespace).put(fullName(target), found, true)
    return 0
  }

  function* exec(process: Process, namespace: string, options: Options): Task<number> {
    const [id = '', ...argv] = options.args
    const stdin = options.is('interactive') ? process.stdin : emptyInput
    const terminal = options.is('tty') ? process.terminal : undefined
    const started = containerOf(namespace, id).exec(argv, { ...process, stdin }, terminal)
    if ('error' in started) throw fatal(started.error)
    const outcome = yield* wait(started.fiber.outcome)
    return outcome.type === 'returned' ? outcome.value : 137
  }

  return tool('nerdctl', 'docker’s words for containerd', function* (process) {
    const { stdout, env } = process
    const args = process.argv.slice(1)
    let namespace = env.get('CONTAINERD_NAMESPACE') ?? 'default'
    while (args[0]?.startsWith('-')) {
      const [flag, value] = args.shift()!.split('=')
      if (flag === '--version' || flag === '-v') {
        stdout.write(`nerdctl version ${version.slice(1)}\n`)
        return 0
      }
      if (flag !== '-n' && flag !== '--namespace') throw fatal(`unknown flag: ${flag}`)
      namespace = value ?? args.shift() ?? ''
    }
    const group = /^(image|container)$/.test(args[0] ?? '') ? args.shift() : ''
    const [typed = '', ...rest] = args
    const command = group === 'image' && typed === 'ls' ? 'images' : typed
    const known = flags[command]
    if (known === undefined || (command === 'rm' && group !== 'image')) throw notHere(group, typed)
    let options: Options
    try {
      options = readFlags(rest, known, command === 'exec')
    } catch (error) {
      if (!(error instanceof WrongFlag)) throw error
      throw new ToolError(`nerdctl ${command}: ${error.message}: this simulator knows ${shown(known)}`)
    }
    const names = options.args
    switch (command) {
      case 'version':
        stdout.write(
          `Client:\n Version:\t${version}\n OS/Arch:\tlinux/amd64\n\nServer:\n containerd:\n  Version:\t1.6.20~ds1\n  GitCommit:\t1.6.20~ds1-1+deb12u3\n runc:\n  Version:\t1.1.5+ds1\n  GitCommit:\t1.1.5+ds1-1+deb12u1\n`,
        )
        return 0
      case 'images':
        return images(process, namespace, options)
      case 'ps':
      case 'ls':
        return ps(process, namespace, options)
      case 'pull':
        return yield* pull(process, namespace, names)
      case 'rmi':
      case 'rm':
        return remove(process, namespace, names)
      case 'tag':
        return tag(namespace, names)
      case 'load': {
        const images = imagesOf(kubelet, namespace)
        return yield* importImages(process, kubelet.registry, images, options.text('input') || '-')
      }
      case 'logs': {
        const container = containerOf(namespace, names[0] ?? '')
        const tail = options.text('tail')
        let next = container.log.start(tail && tail !== 'all' ? { tailLines: Number(tail) } : {})
        const show = () => {
          const pieces = container.log.pieces(next, { timestamps: options.is('timestamps') })
          for (const { stream, text } of pieces) process[stream].write(text)
          next = container.log.end
        }
        show()
        while (options.is('follow') && container.running) {
          yield* wait(container.log.changed)
          show()
        }
        return 0
      }
      case 'exec':
        return yield* exec(process, namespace, options)
      case 'namespace':
      case 'ns':
        stdout.write(
          columns([
            ['NAME', 'CONTAINERS', 'IMAGES', 'VOLUMES', 'LABELS'],
            ...namespaces(kubelet).map(name => [
              name,
              String(containers(name).length),
              String([...references(kubelet, name)].length),
              '0',
              '',
            ]),
          ]),
        )
        return 0
    }
    throw notHere(group, typed)
  })
}
