// What ctr and nerdctl see of a node's containerd: images by namespace, processes. The kubelet uses those of `k8s.io`.
import type { Container } from '../../containers/container.ts'
import { configDigest } from '../../containers/content.ts'
import type { RunningProcess } from '../../containers/processes.ts'
import type { FoundImage } from '../../containers/registry.ts'
import { ImageManager } from '../images.ts'
import type { Kubelet } from '../kubelet.ts'

export const kubernetes = 'k8s.io'

export function imagesOf(kubelet: Kubelet, namespace: string): ImageManager {
  if (namespace === kubernetes) return kubelet.images
  const { otherImages, engine, registry, disk, random } = kubelet
  let images = otherImages.get(namespace)
  if (!images) {
    images = new ImageManager(engine, registry, disk, random.fork(`pulls of ${namespace}`))
    otherImages.set(namespace, images)
  }
  return images
}

/** Names under which containerd has an image, with the image: for Kubernetes also by digest and by configuration. */
export function* references(kubelet: Kubelet, namespace: string): Generator<[string, FoundImage]> {
  const configs = new Map<string, FoundImage>()
  const images = imagesOf(kubelet, namespace)
  for (const found of images.present) {
    yield [found.name, found]
    if (namespace !== kubernetes) continue
    if (!images.isTagOnly(found.name)) yield [found.digest, found]
    configs.set(configDigest(found), found)
  }
  yield* configs
}

/** A namespace is there once something was put in it; docker's is, where docker is. */
export function namespaces(kubelet: Kubelet): string[] {
  const hasPods = () => [...kubelet.workers].some(({ runtime }) => runtime.containers.length > 0)
  const used = [...kubelet.otherImages.keys(), kubernetes].filter(
    name => imagesOf(kubelet, name).present.length > 0 || (name === kubernetes && hasPods()),
  )
  return [...new Set([...used, ...(kubelet.dockerService ? ['moby'] : [])])].sort()
}

/** A container's processes, by their numbers on the node, the first one first. */
export const processesOf = ({ pids }: Kubelet, { state }: Container): [number, RunningProcess][] =>
  [...pids.processes].filter(([, { about }]) => about?.cgroup().endsWith(`/${state.id}`))
