// `living-kubernetes` as a library: a cluster, kubectl and transcripts for other people's tests and tutorials.
//
//   import { createWorld } from 'living-kubernetes'
//   const world = createWorld({ workers: 2 })
//   world.run('kubectl create deployment web --image=nginx:1.27 --replicas=2')
//   world.until(() => world.object('deploy/web')?.status.readyReplicas === 2)
//   console.log(world.run('kubectl get pods').output)
import '../parts/preload.ts'
import { Refusal, readForeign } from '../lesson/foreign.ts'
import { playOptionsOf } from '../lesson/playground.ts'
import { WorldError } from './error.ts'
import { checkedOptions } from './options.ts'
import type { PlayedCommand, World, WorldOptions } from './types.ts'
import { makeWorld } from './world.ts'

export { WorldError } from './error.ts'
export type {
  ClusterEvent,
  CommandResult,
  Duration,
  Fault,
  KubernetesObject,
  Load,
  PlayedCommand,
  RunningCommand,
  RunOptions,
  Where,
  World,
  WorldOptions,
} from './types.ts'

/** A cluster that has just been set up, and a shell beside it. Throws a WorldError where an option is not as it should be. */
export function createWorld(options: WorldOptions = {}): World {
  const { world } = makeWorld(checkedOptions(options))
  for (const [file, text] of Object.entries(options.files ?? {})) world.write(file, text)
  return world
}

/** Plays a transcript in a world of its own. */
export function playTranscript(text: string, options: WorldOptions = {}): PlayedCommand[] {
  return createWorld(options).play(text)
}

/** The world that a history leads to: what `World.history` or the site's playground wrote. */
export function replay(history: string): World {
  const { header, path, elapsed } = read(history)
  const options = playOptionsOf(header)
  if (!options)
    throw new WorldError(
      `It belongs to ${header.lesson}: only histories of the playground stand for themselves`,
    )
  const { world, inner } = makeWorld(options)
  for (const { input } of path) if (input.type !== 'next') inner.apply(input)
  inner.advance(elapsed - inner.elapsed)
  return world
}

function read(text: string) {
  try {
    const history = readForeign(text, {})
    return { header: history.header, path: history.path(), elapsed: history.elapsed }
  } catch (error) {
    throw error instanceof Refusal ? new WorldError(`This is no history: ${error.message}`) : error
  }
}
