import { NodeInfo } from '../node-info.ts'
import type { PodInfo } from '../pod-info.ts'
import { always, type Filter, type Rejection } from './filter.ts'

/** NodeResourcesFit: what the pod asks for must be left of what the node offers. Rules: noderesources/fit.go. */
export const nodeResources: Filter = {
  name: 'NodeResourcesFit',
  wakes: {
    node: (node, pod) => !lacking(pod, new NodeInfo(node)),
    'pod-gone': always,
    'pod-smaller': always,
  },
  prepare: pod => node => lacking(pod, node),
}

function lacking(
  { requests }: PodInfo,
  { allocatable, requested, pods, allowedPods }: NodeInfo,
): Rejection | undefined {
  let reasons: string[] | undefined
  let unresolvable = false
  const check = (name: string, wanted: number, offered: number, used: number) => {
    if (wanted <= 0 || wanted <= offered - used) return
    reasons ??= []
    reasons.push(`Insufficient ${name}`)
    if (wanted > offered) unresolvable = true
  }
  if (pods.size + 1 > allowedPods) reasons = ['Too many pods']
  check('cpu', requests.cpu, allocatable.cpu, requested.cpu)
  check('memory', requests.memory, allocatable.memory, requested.memory)
  check('ephemeral-storage', requests.storage, allocatable.storage, requested.storage)
  for (const name in requests.other) {
    check(name, requests.other[name]!, allocatable.other[name] ?? 0, requested.other[name] ?? 0)
  }
  return reasons && { reasons, unresolvable }
}
