// The last step of a build: what the target has come to becomes an image of docker's, under the names that were asked for.
import { imageContent } from '../../containers/content.ts'
import type { Image } from '../../containers/images/image.ts'
import { fullName } from '../../containers/registry.ts'
import { sleep, type Task } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { imageEvent } from '../images/events.ts'
import { familiarName, parseReference } from '../images/reference.ts'
import type { StoredImage } from '../images/store.ts'
import type { Progress } from './progress.ts'
import type { StageState } from './state.ts'

const comment = 'buildkit.dockerfile.v0'
/** Estimates: ms for each MB of new layers, and for the rest. */
const msPerMegabyte = 2
const writeMs = 4

/** What the containers of an image run, from its configuration and its files. */
export function runtimeImage(state: Pick<StageState, 'base' | 'config' | 'root'>): Image {
  const { base, config, root } = state
  const env = Object.fromEntries(
    config.env.map(each => [each.split('=')[0]!, each.slice(each.indexOf('=') + 1)] as const),
  )
  return {
    programs: base.programs,
    ...(base.shell && { shell: base.shell }),
    env,
    ...(config.entrypoint && { entrypoint: config.entrypoint }),
    ...(config.cmd && { cmd: config.cmd }),
    ...(config.workingDir && { workingDir: config.workingDir }),
    ...(config.user && { user: config.user }),
    ports: (config.exposed ?? []).map(each => Number(each.split('/')[0])),
    root,
  }
}

export function* exportImage(
  daemon: Daemon,
  state: StageState,
  labels: Readonly<Record<string, string>>,
  tags: readonly string[],
  progress: Progress,
): Task<StoredImage> {
  const { engine, images } = daemon
  const vertex = progress.vertex('exporting to image').start()
  const known = new Set(images.all.flatMap(each => each.content.layers.map(({ diffId }) => diffId)))
  const fresh = state.layers.filter(({ diffId }) => !known.has(diffId))
  const exporting = vertex.status('exporting layers')
  const bytes = fresh.reduce((sum, { size }) => sum + size, 0)
  yield* sleep(fresh.length ? 15 + (bytes / 1e6) * msPerMegabyte * daemon.machine.disk.slowness : 2)
  vertex.update(exporting, 0, true)
  const config = Object.keys(labels).length
    ? { ...state.config, labels: { ...state.config.labels, ...labels } }
    : state.config
  const created = state.created ?? state.history.at(-1)?.created ?? engine.now
  // What changed no file is as old as the step before it.
  const content = imageContent({ created, config, layers: state.layers, history: dated(state), comment })
  const image = runtimeImage({ ...state, config })
  const writing = vertex.status(`writing image ${content.id}`)
  yield* sleep(writeMs)
  const stored = images.add(content, () => image)
  vertex.update(writing, 0, true)
  for (const tag of tags) {
    const name = fullName(parseReference(tag))
    const naming = vertex.status(`naming to ${name}`)
    images.tag(stored, name, engine.now)
    imageEvent(daemon, 'tag', stored.id, familiarName(name))
    yield* sleep(1)
    vertex.update(naming, 0, true)
  }
  vertex.done()
  return stored
}

function dated({ history, created }: StageState): StageState['history'] {
  let last: number | undefined
  return history.map(entry => {
    if (!entry.empty) last = entry.created
    return entry.empty && last !== undefined && created !== undefined ? { ...entry, created: last } : entry
  })
}
