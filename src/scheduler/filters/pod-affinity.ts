// InterPodAffinity: near or far from other pods, by a label of their nodes. Rules: plugins/interpodaffinity/filtering.go.
import { ownValue } from '../../engine/dictionary.ts'
import type { NodeInfo } from '../node-info.ts'
import { type AffinityTerm, type PodInfo, podInfo } from '../pod-info.ts'
import { always, type Filter, rejected, unresolvable } from './filter.ts'

type Domains = Set<string>
const domain = (key: string, value: string) => `${key}=${value}`

export const podAffinity: Filter = {
  name: 'InterPodAffinity',
  wakes: {
    node: always,
    pod: (object, pod) => pod.affinity.some(term => term.matches(podInfo(object))),
    'pod-gone': (object, pod) => {
      const gone = podInfo(object)
      return (
        [...pod.affinity, ...pod.antiAffinity].some(t => t.matches(gone)) ||
        gone.antiAffinity.some(t => t.matches(pod))
      )
    },
  },
  prepare(pod, snapshot) {
    const { affinity, antiAffinity } = pod
    if (!affinity.length && !antiAffinity.length && snapshot.withAntiAffinity === 0) return undefined
    const forbidden = existingAntiAffinity(pod, snapshot.list)
    const near = affinity.length
      ? wherePods(snapshot.list, other => affinity.every(t => t.matches(other)), affinity)
      : undefined
    const far = antiAffinity.map(term => wherePods(snapshot.list, term.matches, [term]))
    // The first pod of a group that wants to be near itself may start anywhere.
    const isFirst = near?.size === 0 && affinity.every(term => term.matches(pod))
    return ({ labels }) => {
      for (const { topologyKey } of affinity) {
        const value = ownValue(labels, topologyKey)
        if (value === undefined || !(isFirst || near!.has(domain(topologyKey, value)))) {
          return unresolvable("node(s) didn't match pod affinity rules")
        }
      }
      for (const [i, { topologyKey }] of antiAffinity.entries()) {
        const value = ownValue(labels, topologyKey)
        if (value !== undefined && far[i]!.has(domain(topologyKey, value))) {
          return rejected("node(s) didn't match pod anti-affinity rules")
        }
      }
      for (const key in labels) {
        if (forbidden.has(domain(key, ownValue(labels, key)!))) {
          return rejected("node(s) didn't satisfy existing pods anti-affinity rules")
        }
      }
      return undefined
    }
  },
}

/** Places that pods which are there already do not want to share with this one. */
function existingAntiAffinity(pod: PodInfo, nodes: readonly NodeInfo[]): Domains {
  const places: Domains = new Set()
  for (const node of nodes) {
    for (const other of node.withAntiAffinity.values()) {
      for (const { topologyKey, matches } of other.antiAffinity) {
        const value = ownValue(node.labels, topologyKey)
        if (value !== undefined && matches(pod)) places.add(domain(topologyKey, value))
      }
    }
  }
  return places
}

function wherePods(
  nodes: readonly NodeInfo[],
  test: (pod: PodInfo) => boolean,
  terms: readonly AffinityTerm[],
): Domains {
  const places: Domains = new Set()
  for (const node of nodes) {
    let found = false
    for (const pod of node.pods.values()) {
      if (test(pod)) {
        found = true
        break
      }
    }
    if (!found) continue
    for (const { topologyKey } of terms) {
      const value = ownValue(node.labels, topologyKey)
      if (value !== undefined) places.add(domain(topologyKey, value))
    }
  }
  return places
}
