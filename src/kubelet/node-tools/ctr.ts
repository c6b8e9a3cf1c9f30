// ctr, the client that comes with containerd: images by namespace. The kubelet sees only those of `k8s.io`; `default` is
// where ctr puts them when it is not told otherwise. Left out: snapshots, content, leases. Words: containerd 1.6.

import { dictionary } from '../../engine/dictionary.ts'
import { formatTime } from '../../engine/engine.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'
import { imagesOf, kubernetes, namespaces, references } from './containerd.ts'
import { type Options, WrongFlag } from './crictl/flags.ts'
import { exportImages, importImages } from './ctr-archive.ts'
import { ctrContainers, ctrTasks } from './ctr-containers.ts'
import { ctrHelp, ctrImagesHelp } from './ctr-help.ts'
import { bytes, pullImage } from './ctr-pull.ts'
import { table } from './ctr-table.ts'
import { readFlags } from './flags.ts'

const manifest = 'application/vnd.oci.image.manifest.v1+json'
/** Flags of each command of images that act. */
const acting: Readonly<Record<string, string>> = dictionary({ list: 'quiet,q x', pull: 'user,u:string x' })
/** Those that change nothing here: whoever sets one is told so. */
const idle: Readonly<Record<string, string>> = dictionary({
  pull: 'skip-verify,k plain-http all-platforms all-metadata print-chainid http-dump http-trace refresh: hosts-dir: tlscacert: tlscert: tlskey: platform: snapshotter: max-concurrent-downloads: label:',
  import: 'digests all-platforms no-unpack compress-blobs base-name: index-name: platform: snapshotter:',
  export: 'skip-manifest-json skip-non-distributable all-platforms platform:',
  tag: 'force',
  rm: 'sync',
})
const sameAs: Readonly<Record<string, string>> = dictionary({
  ls: 'list',
  remove: 'rm',
  delete: 'rm',
  del: 'rm',
})
/** What else there is. */
const others = /^(plugins?|content|events?|leases|pprof|run|snapshots?|install|oci|shim)$/
const isQuiet = (arg: string): boolean => arg === '-q' || arg === '--quiet'
const managed = 'io.cri-containerd.image=managed'

/** Of a command of images; tells of flags that change nothing here. */
function imageOptions({ stderr }: Process, verb: string, args: readonly string[]): Options {
  const without = (idle[verb] ?? '').split(/\s+/).filter(Boolean)
  const lines = without.map(each => `${each.endsWith(':') ? `${each}string` : each} x`)
  let options: Options
  try {
    options = readFlags(args, [acting[verb] ?? '', ...lines].join('\n'))
  } catch (error) {
    if (error instanceof WrongFlag) throw new ToolError(`ctr: ${error.message}`)
    throw error
  }
  for (const name of without.map(each => each.replace(/[,:].*/, '')))
    if (options.isGiven(name)) stderr.write(`WARNING: --${name} has no effect in this simulator\n`)
  return options
}

export function ctr(kubelet: Kubelet): Tool {
  const { registry } = kubelet
  const imagesIn = (namespace: string) => imagesOf(kubelet, namespace)

  function list({ stdout }: Process, namespace: string, options: Options): number {
    const wanted = options.args.find(a => a.startsWith('name=='))?.slice(6)
    const all = [...references(kubelet, namespace)].filter(
      ([name]) => wanted === undefined || name === wanted,
    )
    all.sort(([a], [b]) => (a < b ? -1 : 1))
    if (options.is('quiet')) for (const [name] of all) stdout.write(`${name}\n`)
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

  function* pull(process: Process, namespace: string, options: Options): Task<number> {
    const [reference] = options.args
    const [user = '', password = ''] = options.text('user').split(':')
    const login = user ? { user, password } : undefined
    if (!reference) throw new ToolError('ctr: please provide an image reference to pull')
    const { disk, random } = kubelet
    const place = { registry, images: imagesIn(namespace), disk, random: random.fork('ctr'), login }
    return yield* pullImage(process, place, reference)
  }

  function* image(process: Process, namespace: string, args: readonly string[]): Task<number> {
    const { stdout, stderr, engine } = process
    const [verb = '', ...rest] = args
    const options = imageOptions(process, sameAs[verb] ?? verb, rest)
    const names = options.args
    const images = imagesIn(namespace)
    switch (verb) {
      case '':
      case 'help':
      case '--help':
      case '-h':
        stdout.write(ctrImagesHelp)
        return 0
      case 'import':
        if (!names[0]) throw new ToolError('ctr: please provide an image archive to import')
        return yield* importImages(process, registry, images, names[0])
      case 'export':
        return yield* exportImages(process, registry, images, names)
      case 'ls':
      case 'list':
        return list(process, namespace, options)
      case 'pull':
        return yield* pull(process, namespace, options)
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
