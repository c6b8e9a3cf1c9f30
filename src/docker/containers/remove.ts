// A container goes: its files, its name, and the volumes that nobody else can have.
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { removeVolume, usersOf } from '../volumes/volumes.ts'
import { containerEvent } from './events.ts'

/** `volumes`: with those that have no name, as `--rm` and `rm -v` do. */
export function removeContainer(
  daemon: Daemon,
  docker: DockerContainer,
  volumes = docker.settings.autoRemove,
): void {
  docker.cancelRestart?.()
  docker.cancelRestart = undefined
  daemon.containers.delete(docker.id)
  docker.layer.clear()
  docker.status = 'removing'
  if (volumes)
    for (const { type, source } of docker.settings.mounts) {
      const volume = type === 'volume' ? daemon.volumes.get(source) : undefined
      if (volume?.anonymous && usersOf(daemon, volume).length === 0) removeVolume(daemon, volume)
    }
  containerEvent(daemon, docker, 'destroy')
  docker.removed.settle()
}
