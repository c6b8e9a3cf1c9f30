// NodeAffinity and InterPodAffinity: what a pod prefers, and what pods that are there prefer of it.
// Rules: plugins/nodeaffinity, plugins/interpodaffinity/scoring.go.
import { ownValue } from '../../engine/dictionary.ts'
import { matchesTerm } from '../../kinds/machinery/node-matching.ts'
import type { PreferredSchedulingTerm } from '../../kinds/schema/types.ts'
import { normalize, type Score } from './score.ts'

export const nodeAffinity: Score = {
  name: 'NodeAffinity',
  weight: 2,
  of({ pod }, nodes) {
    const terms: PreferredSchedulingTerm[] =
      pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    if (terms.length === 0) return undefined
    const scores = nodes.map(({ node }) => {
      let sum = 0
      for (const { weight, preference } of terms) if (matchesTerm(preference, node)) sum += weight
      return sum
    })
    return normalize(scores, false)
  },
}

/** hardPodAffinityWeight: how much a required affinity of a pod that is there counts for the incoming one. */
const hardWeight = 1

export const podAffinity: Score = {
  name: 'InterPodAffinity',
  weight: 2,
  of(pod, nodes, snapshot) {
    if (pod.preferredAffinity.length === 0 && snapshot.withAffinity === 0) return undefined
    const sums = new Map<string, number>()
    const add = (key: string, value: string | undefined, weight: number) => {
      if (value === undefined || !weight) return
      const place = `${key}=${value}`
      sums.set(place, (sums.get(place) ?? 0) + weight)
    }
    const says = pod.preferredAffinity.length > 0
    for (const node of snapshot.list) {
      if (!says && node.withAffinity.size === 0) continue
      const { labels, pods, withAffinity } = node
      for (const { topologyKey, matches, weight } of pod.preferredAffinity) {
        for (const other of pods.values())
          if (matches(other)) add(topologyKey, ownValue(labels, topologyKey), weight)
      }
      for (const other of withAffinity.values()) {
        for (const term of other.affinity)
          if (term.matches(pod)) add(term.topologyKey, ownValue(labels, term.topologyKey), hardWeight)
        for (const term of other.preferredAffinity) {
          if (term.matches(pod)) add(term.topologyKey, ownValue(labels, term.topologyKey), term.weight)
        }
      }
    }
    if (sums.size === 0) return undefined
    const scores = nodes.map(({ labels }) => {
      let sum = 0
      for (const key in labels) sum += sums.get(`${key}=${labels[key]}`) ?? 0
      return sum
    })
    const least = Math.min(...scores)
    const range = Math.max(...scores) - least
    return scores.map(score => (range > 0 ? Math.trunc((100 * (score - least)) / range) : 0))
  },
}
