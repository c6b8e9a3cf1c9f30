// Eviction of a pod that keeps more in an emptyDir than its sizeLimit allows: localStorageEviction of
// pkg/kubelet/eviction/eviction_manager.go. Volumes are measured about every half minute.
// Left out: evictions for the node's own sake (memory, disk, processes), since nodes here never run short.
import type { PodWorker } from './pod-worker.ts'
import { quantityValue } from './resources.ts'
import { usage } from './volume-files.ts'

const periodMs = 35_000

export function watchVolumes(worker: PodWorker): void {
  // A volume in memory is as large as its limit: nothing more fits in.
  const limited = (worker.pod.spec.volumes ?? []).filter(
    ({ emptyDir }: any) => emptyDir?.sizeLimit !== undefined && emptyDir.medium !== 'Memory',
  )
  if (limited.length === 0) return
  const { engine } = worker.kubelet
  const look = () => {
    if (worker.phase !== 'syncing') return
    engine.after(periodMs, look, { background: true })
    for (const { name, emptyDir } of limited) {
      const files = worker.volumes.filesOf(name)
      if (!files || usage(files, '/') <= quantityValue(emptyDir.sizeLimit)) continue
      const message = `Usage of EmptyDir volume "${name}" exceeds the limit "${emptyDir.sizeLimit}". `
      worker.kubelet.recorder.event(worker.pod, 'Warning', 'Evicted', message)
      worker.fail('Evicted', message)
      worker.terminate()
      return
    }
  }
  engine.after(periodMs, look, { background: true })
}
