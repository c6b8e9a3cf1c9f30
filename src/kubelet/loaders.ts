// What the kubelet does only where somebody asks for it.
import { PartTable } from '../engine/parts.ts'

/** Logs, exec, attach, port-forward. */
export const connectorParts = new PartTable<typeof import('./connector.ts')>('streams of the kubelet', {
  exec: () => import('./connector.ts'),
})
