// docker pull: an image of a registry comes into the daemon's store (cli/command/image/pull.go).

import { fullName, type ImageName } from '../../containers/registry.ts'
import { dictionary } from '../../engine/dictionary.ts'
import type { Task } from '../../engine/task.ts'
import { type Command, type Context, exactly } from '../command.ts'
import { DockerError } from '../errors.ts'
import { ConfigFile, serverOf } from '../images/config-file.ts'
import { LayerLines } from '../images/layer-lines.ts'
import { pullAll, pull as pullImage } from '../images/pull.ts'
import { parseReference, whatIsWrong } from '../images/reference.ts'

export const pull: Command = {
  names: ['image pull', 'pull'],
  usage: '[OPTIONS] NAME[:TAG|@DIGEST]',
  arguments: exactly(1),
  flags: 'all-tags,a disable-content-trust=true platform:string quiet,q',
  *run(context) {
    const { process, daemon, flags, args, config } = context
    const { stdout, terminal } = process
    const [text = ''] = args
    const wrong = whatIsWrong(text)
    if (wrong) throw new DockerError(wrong)
    const all = flags.is('all-tags')
    const name = parseReference(text)
    const isBare = !name.digest && !hasTag(text)
    if (all && !isBare) throw new DockerError("tag can't be used with --all-tags/-a")
    if (isBare && !all && !flags.is('quiet')) stdout.write('Using default tag: latest\n')
    const wrongImage = wrongPlatform(name, flags.text('platform'))
    yield* daemon.call(process, `/images/create?fromImage=${name.path}&tag=${name.tag}`, 'POST')
    const login = new ConfigFile(process.files, config).login(serverOf(name.host))
    const lines = flags.is('quiet') ? undefined : new LayerLines(stdout, terminal)
    if (all) yield* pullAll(daemon, name, login, lines)
    else yield* pullImage(daemon, name, login, lines)
    if (lines && wrongImage) stdout.write(`WARNING: ${wrongImage}\n`)
    stdout.write(`${all ? `${name.host}/${name.path}` : fullName(name)}\n`)
    return 0
  },
}

const hasTag = (text: string): boolean => text.lastIndexOf(':') > text.lastIndexOf('/')

/**
 * What is wrong with an image for who asks for a platform; undefined where nothing is: every image is for linux/amd64 here.
 * Of a platform one may name the system, the architecture, or both (containerd platforms.Parse).
 */
export function wrongPlatform(name: ImageName, platform: string): string | undefined {
  if (!platform) return undefined
  if (!/^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+){0,2}$/.test(platform))
    throw new DockerError(`invalid platform: ${JSON.stringify(platform)} is an invalid OS component`)
  const wanted = wholePlatform(platform)
  if (wanted === 'linux/amd64') return undefined
  const shown = fullName(name).replace(/^docker\.io\/(library\/)?/, '')
  return `image with reference ${shown} was found but its platform (linux/amd64) does not match the specified platform (${wanted})`
}

const architectures: Readonly<Record<string, string>> = dictionary({
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  i386: '386',
  armhf: 'arm/v7',
})

/** `arm64` is `linux/arm64`, and so is `linux/arm64/v8`. */
function wholePlatform(platform: string): string {
  const [first = '', ...rest] = platform.toLowerCase().split('/')
  const [os, architecture = 'amd64', variant] =
    rest.length || /^(linux|windows|darwin|freebsd)$/.test(first) ? [first, ...rest] : ['linux', first]
  const whole = [os, architectures[architecture] ?? architecture, ...(variant ? [variant] : [])].join('/')
  return whole.replace(/arm64\/v8$/, 'arm64').replace(/amd64\/v1$/, 'amd64')
}

/** How `docker run` and `docker create` get an image that is not here: what is told goes to stderr. */
export function* pullFor(
  { daemon, process, config }: Pick<Context, 'daemon' | 'process' | 'config'>,
  text: string,
  { quiet = false, platform = '' } = {},
): Task {
  const name = parseReference(text)
  const login = new ConfigFile(process.files, config).login(serverOf(name.host))
  const wrong = wrongPlatform(name, platform)
  yield* pullImage(daemon, name, login, quiet ? undefined : new LayerLines(process.stderr, process.terminal))
  if (wrong && !quiet) process.stderr.write(`WARNING: ${wrong}\n`)
}
