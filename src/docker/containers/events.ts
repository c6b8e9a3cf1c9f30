// What `docker events` tells of containers.
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'

export function containerEvent(
  daemon: Daemon,
  { id, name, settings }: DockerContainer,
  action: string,
  more: Readonly<Record<string, string>> = {},
): void {
  const attributes = { ...settings.labels, image: settings.imageName, name, ...more }
  daemon.events.add({ type: 'container', action, id, attributes })
}
