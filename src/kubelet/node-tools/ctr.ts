// ctr, the client that comes with containerd: images by namespace. The kubelet sees only those of `k8s.io`; `default` is
// where ctr puts them when it is not told otherwise. Left out: snapshots, content, leases. Words: containerd 1.6.

import { formatTime } from '../../engine/engine.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'
import { imagesOf, kubernetes, namespaces, references } from './containerd.ts'
import { exportImages, importImages } from './ctr-archive.ts'
import { ctrContainers, ctrTasks } from './ctr-containers.ts'
import { ctrHelp, ctrImagesHelp } from './ctr-help.ts'
import { bytes, pullImage } from './ctr-pull.ts'
import { table } from './ctr-table.ts'

const manifest = 'application/vnd.oci.image.manifest.v1+json'
/** Flags of a pull that take a value, and change nothing here. */
const valued =
  /^--(refresh|hosts-dir|tlscacert|tlscert|tlskey|platform|snapshotter|max-concurrent-downloads|label)$/
/** What else there is. */
const others = /^(plugins?|content|events?|leases|pprof|run|snapshots?|install|oci|shim)$/
const isQuiet = (arg: string): boolean => arg === '-q' || arg === '--quiet'
const managed = 'io.cri-containerd.image=managed'

export function ctr(kubelet: Kubelet): Tool {
  const { registry } = kubelet
  const imagesIn = (namespace: string) => imagesOf(kubelet, namespace)

  function list({ stdout }: Process, namespace: string, args: readonly string[]): number {
    const wanted = args.find(a => a.startsWith('name=='))?.slice(6)
    const all = [...references(kubelet, namespace)].filter(
      ([name]) => wanted === undefined || name === wanted,
    )
    all.sort(([a], [b]) => (a < b ? -1 : 1))
    if (args.some(isQuiet)) for (const [name] of all) stdout.write(`${name}\n`)
    else {
      const rows = all.map(([name, found]) => [
        name,
        manifest,
        found.digest.split('@')[1]!,
        bytes(found.size),
        'linux/amd64',
        namespace === kubernetes ? managed : '-',
      ])
      stdout.write(table([['REF', 'TYPE', 'DIGEST', 'SIZE', 'PLATFORMS', 'LABELS'], ...rows], 1))
    }
    return 0
  }

  function* pull(process: Process, namespace: string, args: readonly string[]): Task<number> {
    const words: string[] = []
    let login: { user: string; password: string } | undefined
    for (let i = 0; i < args.length; i++) {
      const [flag = '', value] = args[i]!.split('=')
      if (flag === '-u' || flag === '--user') {
        const [user = '', password = ''] = (value ?? args[++i] ?? '').split(':')
        login = { user, password }
      } else if (valued.test(flag)) i += value === undefined ? 1 : 0
      else if (!flag.startsWith('-')) words.push(args[i]!)
    }
    if (!words[0]) throw new ToolError('ctr: please provide an image reference to pull')
    const { disk, random } = kubelet
    const place = { registry, images: imagesIn(namespace), disk, random: random.fork('ctr'), login }
    return yield* pullImage(process, place, words[0])
  }

  function* image(process: Process, namespace: string, args: readonly string[]): Task<number> {
    const { stdout, stderr, engine } = process
    const [verb = '', ...rest] = args
    const names = rest.filter(a => !a.startsWith('-'))
    const images = imagesIn(namespace)
    switch (verb) {
      case '':
      case 'help':
      case '--help':
      case '-h':
        stdout.write(ctrImagesHelp)
        return 0
      case 'import':
        if (!names[0] && !rest.includes('-'))
          throw new ToolError('ctr: please provide an image archive to import')
        return yield* importImages(process, registry, images, names[0] ?? '-')
      case 'export':
        return yield* exportImages(process, registry, images, names)
      case 'ls':
      case 'list':
        return list(process, namespace, rest)
      case 'pull':
        return yield* pull(process, namespace, rest)
      case 'tag': {
        const [from = '', ...targets] = names
        const found = [...references(kubelet, namespace)].find(([name]) => name === from)?.[1]
        if (!found) throw new ToolError(`ctr: image "${from}": not found`)
        for (const target of targets) {
          if (images.find(target)) throw new ToolError(`ctr: image "${target}": already exists`)
          images.put(target, { ...found, name: target }, true)
          stdout.write(`${target}\n`)
        }
        return 0
      }
      case 'rm':
      case 'remove':
      case 'delete':
      case 'del':
        for (const name of names)
          if (images.remove(name)) stdout.write(`${name}\n`)
          else stderr.write(`time="${formatTime(engine.now)}" level=warning msg="${name}: image not found"\n`)
        return 0
    }
    if (/^(check|mount|unmount|push|label|convert)$/.test(verb))
      throw new ToolError(`ctr: 'images ${verb}' is not part of this simulator`)
    throw new ToolError(`No help topic for '${verb}'`, 3)
  }

  return tool('ctr', 'containerd client', function* (process) {
    const args = process.argv.slice(1)
    let namespace = process.env.get('CONTAINERD_NAMESPACE') ?? 'default'
    while (args[0]?.startsWith('-')) {
      const [option, value] = args.shift()!.split('=')
      if (option === '--help' || option === '-h') {
        process.stdout.write(ctrHelp)
        return 0
      }
      if (option !== '-n' && option !== '--namespace') {
        const name = option!.replace(/^-/, '')
        process.stdout.write(`Incorrect Usage. flag provided but not defined: ${name}\n\n${ctrHelp}`)
        throw new ToolError(`ctr: flag provided but not defined: ${name}`)
      }
      namespace = value ?? args.shift() ?? ''
    }
    const [command = 'help', ...rest] = args
    switch (command) {
      case 'image':
      case 'images':
      case 'i':
        return yield* image(process, namespace, rest)
      case 'namespace':
      case 'namespaces':
      case 'ns': {
        const [verb = 'ls', ...flags] = rest
        if (verb !== 'ls' && verb !== 'list')
          throw new ToolError(`ctr: '${command} ${verb}' is not part of this simulator: ${command} ls is`)
        const names = namespaces(kubelet)
        process.stdout.write(
          flags.some(isQuiet)
            ? names.map(name => `${name}\n`).join('')
            : table([['NAME', 'LABELS'], ...names.map(name => [name, ''])], 1),
        )
        return 0
      }
      case 'version':
        process.stdout.write(
          `Client:\n${version}  Go version: go1.19.8\n\nServer:\n${version}  UUID: 8f78f2c7-7985-4668-acee-2e8ca737d0c2\n`,
        )
        return 0
      case 'container':
      case 'containers':
      case 'c':
        return yield* ctrContainers({ kubelet, process, namespace, args: rest })
      case 'task':
      case 'tasks':
      case 't':
        return yield* ctrTasks({ kubelet, process, namespace, args: rest })
    }
    if (others.test(command)) throw new ToolError(`ctr: '${command}' is not part of this simulator`)
    throw new ToolError(`No help topic for '${command}'`, 3)
  })
}

const version = '  Version:  1.6.20~ds1\n  Revision: 1.6.20~ds1-1+deb12u3\n'
