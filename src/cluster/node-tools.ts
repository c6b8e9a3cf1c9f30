// The programs that a node has beside those of every machine: the packet filter's, the runtime's, the kubelet's.
import { containerParts } from '../containers/programs/loaders.ts'
import type { Program } from '../engine/process.ts'
import { kubeletTools } from '../kubelet/node-tools/index.ts'
import { iptablesTools } from '../network/iptables-tools.ts'
import { toolsOf } from '../shell/command.ts'
import type { Cluster } from './cluster.ts'

/** What the workstation has of the tools that pods and nodes have. */
export const workstationTools = toolsOf(containerParts).filter(({ name }) => name === 'ping')

/** Undefined where there is no such node. */
export function nodePrograms(
  { kubelets, network }: Cluster,
  name: string,
): { name: string; summary: string; run: Program }[] | undefined {
  const kubelet = kubelets.get(name)
  return kubelet && [...iptablesTools(network, name), ...kubeletTools(kubelet, () => kubelets.values())]
}
