// Where the commands stand that run something on a node.
import type { Cluster } from '../cluster/cluster.ts'
import { PartTable } from '../engine/parts.ts'
import type { Tool } from '../shell/command.ts'
import type { Control } from './node-access.ts'

const shells = () => import('./node-shell.ts').then(each => each.nodeShells)

export const accessParts = new PartTable<(cluster: Cluster, control: Control) => readonly Tool[]>(
  'way to nodes',
  { 'node-exec': shells, ssh: shells },
)
