// docker inspect: whatever has that name or id; a container before an image, a network, a volume.
import { dictionary } from '../../engine/dictionary.ts'
import type { Command } from '../command.ts'
import { atLeast } from '../command.ts'
import { sizesOf } from '../containers/diff.ts'
import { containerJson } from '../containers/json.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { imageJson } from '../images/json.ts'
import { type Finder, inspectAll } from '../inspect.ts'
import { networkJson } from '../networks/json.ts'
import { networkOf } from '../networks/networks.ts'
import { volumeJson } from '../volumes/json.ts'

/** Each kind, in the order in which they are asked for a name that comes without one. */
const kinds: Readonly<Record<string, Finder>> = dictionary({
  container: (daemon, text) => containerJson(daemon, daemon.container(text)),
  image: (daemon, text) => imageJson(daemon.image(text)),
  network: (daemon, text) => networkJson(daemon, networkOf(daemon, text)),
  volume: (daemon, text) => {
    const volume = daemon.volumes.get(text)
    if (!volume) throw new DaemonError(`get ${text}: no such volume`)
    return volumeJson(volume)
  },
})

const any: Finder = (daemon, text) => {
  for (const find of Object.values(kinds))
    try {
      return find(daemon, text)
    } catch (error) {
      if (!(error instanceof DaemonError)) throw error
    }
  throw new DockerError(`Error: No such object: ${text}`)
}

const withSizes = (daemon: Daemon, text: string, value: object): object => {
  const docker = daemon.findContainer(text)
  if (!docker) return value
  const { own, whole } = sizesOf(daemon, docker)
  return { ...value, SizeRw: own, SizeRootFs: whole }
}

const names: Readonly<Record<string, readonly string[]>> = dictionary({
  inspect: ['inspect'],
  container: ['container inspect'],
  image: ['image inspect'],
  network: ['network inspect'],
  volume: ['volume inspect'],
})

const command = (kind: string, usage: string, flags: string): Command => ({
  names: names[kind]!,
  usage,
  arguments: atLeast(1),
  flags,
  *run(context) {
    const { flags } = context
    const wanted = kind === 'inspect' ? flags.text('type') : kind
    const find = wanted ? kinds[wanted] : any
    if (!find) throw new DockerError(`unknown type: ${JSON.stringify(wanted)}`)
    const isSized = flags.given('size')
    return yield* inspectAll(
      context,
      isSized ? (daemon, text) => withSizes(daemon, text, find(daemon, text)) : find,
    )
  },
})

export const inspect = command(
  'inspect',
  '[OPTIONS] NAME|ID [NAME|ID...]',
  'format,f:string size,s type:string',
)
export const containerInspect = command(
  'container',
  '[OPTIONS] CONTAINER [CONTAINER...]',
  'format,f:string size,s',
)
export const imageInspect = command('image', '[OPTIONS] IMAGE [IMAGE...]', 'format,f:string platform:string')
export const networkInspect = command(
  'network',
  '[OPTIONS] NETWORK [NETWORK...]',
  'format,f:string verbose,v',
)
export const volumeInspect = command('volume', '[OPTIONS] VOLUME [VOLUME...]', 'format,f:string')
