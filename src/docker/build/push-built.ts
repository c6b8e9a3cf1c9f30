// docker build --push: when the image stands in docker's store, the client has the daemon push it under each of its names
// and shows that as a step of the build (buildx build/build.go, pushWithMoby).
import { fullName } from '../../containers/registry.ts'
import type { Login } from '../../containers/registry-accounts.ts'
import type { Task } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { DockerError } from '../errors.ts'
import { pushImage } from '../images/push.ts'
import { parseReference } from '../images/reference.ts'
import type { Progress, Status } from './progress.ts'

/** The build is done, but the registry did not take the image. */
export class PushError extends Error {}

export function* pushBuilt(
  daemon: Daemon,
  tags: readonly string[],
  login: (host: string) => Login | undefined,
  progress: Progress,
): Task {
  for (const tag of tags) {
    const name = parseReference(tag)
    const vertex = progress.vertex(`pushing ${fullName(name)} with docker`).start()
    const layers = new Map<string, Status>()
    // A layer is shown from the first bytes on that go out; what the registry has is not.
    const layer = (id: string): Status => {
      const known = layers.get(id) ?? vertex.status(`pushing layer ${id}`)
      layers.set(id, known)
      return known
    }
    try {
      yield* pushImage(daemon, name, login(name.host), {
        text: () => {},
        set(id, status) {
          if (status !== 'Pushed') return
          const shown = layer(id)
          vertex.update(shown, shown.total, true)
        },
        amount(id, _, current, total) {
          const shown = layer(id)
          shown.total = total
          vertex.update(shown, current, false)
        },
      })
      vertex.done()
    } catch (error) {
      if (!(error instanceof DockerError)) throw error
      vertex.done({ error: error.message })
      throw new PushError(error.message)
    }
  }
}
