// What most sessions do without: the commands that run something on a node, and the diagnosis of manifests.
import type { Cluster } from '../cluster/cluster.ts'
import { PartTable } from '../engine/parts.ts'
import type { DiagnosticCode } from '../manifest/diagnostic.ts'
import type { Tool } from '../shell/command.ts'
import type { Control } from './node-access.ts'

const shells = () => import('./node-shell.ts').then(each => each.nodeShells)

export const accessParts = new PartTable<(cluster: Cluster, control: Control) => readonly Tool[]>(
  'way to nodes',
  {
    'node-exec': shells,
    ssh: shells,
  },
)

/** Docker's client and daemon, where a session says `docker`. */
export const dockerAccess = new PartTable<(cluster: Cluster) => readonly Tool[]>('docker', {
  docker: () => import('./docker.ts').then(each => each.dockerTools),
})

/** The command `fault`, where a session says it. */
export const faultParts = new PartTable<typeof import('./faults/command.ts')>('fault', {
  fault: () => import('./faults/command.ts'),
})

export const diagnosisParts = new PartTable<typeof import('./diagnosis.ts')>('diagnosis', {
  diagnose: () => import('./diagnosis.ts'),
})

/** Explanations of what a diagnosis finds, by language. */
export const explanationParts = new PartTable<Readonly<Record<DiagnosticCode, string>>>('explanations', {
  zh: () => import('../i18n/diagnostics.zh.ts').then(each => each.diagnosticsZh),
  en: () => import('../i18n/diagnostics.en.ts').then(each => each.diagnosticsEn),
})
