import type { NodeInfo } from '../node-info.ts'
import type { Score } from './score.ts'

const least = 23 * 1024 * 1024
const mostEach = 1000 * 1024 * 1024

/** ImageLocality: nodes that have the pod's images already; images of few nodes count less. */
export const imageLocality: Score = {
  name: 'ImageLocality',
  weight: 1,
  of({ pod }, nodes, { list }) {
    const containers: { image?: string }[] = [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
    const names = containers.map(c => normalized(c.image ?? ''))
    if (!anyHas(nodes, names)) return undefined
    const spread = new Map(
      names.map(name => [name, list.filter(node => node.images.has(name)).length / list.length]),
    )
    const most = mostEach * containers.length
    return nodes.map(node => {
      let sum = 0
      for (const name of names) sum += Math.trunc((node.images.get(name) ?? 0) * spread.get(name)!)
      return Math.trunc((100 * (Math.min(Math.max(sum, least), most) - least)) / (most - least))
    })
  },
}

function anyHas(nodes: readonly NodeInfo[], names: readonly string[]): boolean {
  for (const { images } of nodes) if (images.size) for (const name of names) if (images.has(name)) return true
  return false
}

const normalized = (name: string): string =>
  name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name
