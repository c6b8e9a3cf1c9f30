// The programs that a node has beside those of every machine: the packet filter's, the runtime's, the kubelet's.
import { containerParts } from '../containers/programs/loaders.ts'
import type { Process, Program } from '../engine/process.ts'
import { kubeletTools } from '../kubelet/node-tools/index.ts'
import { filterParts } from '../network/loaders.ts'
import { toolsOf } from '../shell/command.ts'
import type { Cluster } from './cluster.ts'

/** What the workstation has of the tools that pods and nodes have. */
export const workstationTools = toolsOf(containerParts).filter(({ name }) => name === 'ping')

/** Undefined where there is no such node. */
export function nodePrograms(
  { kubelets, network }: Cluster,
  node: string,
): readonly { readonly name: string; readonly run: Program }[] | undefined {
  const kubelet = kubelets.get(node)
  if (!kubelet) return undefined
  const filter = (name: string) =>
    filterParts
      .get(name)(network, node)
      .find(each => each.name === name)!
  return [
    ...filterParts.names.map(name => ({ name, run: (process: Process) => filter(name).run(process) })),
    ...kubeletTools(kubelet, () => kubelets.values()),
  ]
}
