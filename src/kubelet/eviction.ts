// Eviction of a pod that keeps more in an emptyDir than its sizeLimit allows: localStorageEviction of
// pkg/kubelet/eviction/eviction_manager.go. Volumes are measured about every half minute.
// Left out: evictions for the node's own sake (memory, disk, processes), since nodes here never run short.
import type { Files } from '../engine/files.ts'
import type { PodWorker } from './pod-worker.ts'
import { quantityValue } from './resources.ts'

const periodMs = 35_000

export function watchVolumes(worker: PodWorker): void {
  const limited = (worker.pod.spec.volumes ?? []).filter((v: any) => v.emptyDir?.sizeLimit !== undefined)
  if (limited.length === 0) return
  const { engine } = worker.kubelet
  const look = () => {
    if (worker.phase !== 'syncing') return
    for (const { name, emptyDir } of limited) {
      const files = worker.volumes.files(name, {}, new Map())
      if (!files || usage(files, '/') <= quantityValue(emptyDir.sizeLimit)) continue
      const message = `Usage of EmptyDir volume "${name}" exceeds the limit "${emptyDir.sizeLimit}". `
      worker.kubelet.recorder.event(worker.pod, 'Warning', 'Evicted', message)
      worker.fail('Evicted', message)
      worker.terminate()
      return
    }
    engine.after(periodMs, look, { background: true })
  }
  engine.after(periodMs, look, { background: true })
}

function usage(files: Files, path: string): number {
  const { type, size } = files.stat(path, { followLinks: false })
  if (type !== 'directory') return size
  return files.list(path).reduce((sum, name) => sum + usage(files, `${path === '/' ? '' : path}/${name}`), 0)
}
