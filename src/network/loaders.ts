// Where the tools of the packet filter stand, by name.
import { PartTable } from '../engine/parts.ts'
import type { Program } from '../engine/process.ts'
import type { ClusterNetwork } from './cluster-network.ts'

/** The tools of one node, by name. */
export type FilterTools = (
  network: ClusterNetwork,
  node: string,
) => readonly { readonly name: string; readonly summary: string; readonly run: Program }[]

const iptables = () => import('./iptables-tools.ts').then(each => each.iptablesTools)

export const filterParts = new PartTable<FilterTools>('tools of the packet filter', {
  iptables,
  'iptables-save': iptables,
})
