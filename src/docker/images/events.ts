// What docker events tells of images: with the image's labels as long as it is here (moby daemon/images/image_events.go).
import type { Daemon } from '../daemon/daemon.ts'

export type ImageAction = 'delete' | 'import' | 'load' | 'pull' | 'push' | 'save' | 'tag' | 'untag'

/** `id`: an image's, or the name that was pulled or pushed; `name`: what stands for it among the attributes. */
export function imageEvent(daemon: Daemon, action: ImageAction, id: string, name = id): void {
  const labels = daemon.findImageQuietly(id)?.content.config.labels ?? {}
  daemon.events.add({ type: 'image', action, id, attributes: { ...labels, name } })
}
