// The control plane's programs are static pods of its node: what each of them does stops and starts with its container.
// The reference cluster has no leader election, so a component that comes back does not wait for a lease.
import type { Server } from '../api/server.ts'
import type { Daemon } from '../engine/daemon.ts'
import type { Engine } from '../engine/engine.ts'
import type { Kubelet } from '../kubelet/kubelet.ts'

/** From a container's start until its component does its work: caches are filled, hooks run. */
const startMs = { 'kube-controller-manager': 1000, 'kube-scheduler': 1000, 'kube-apiserver': 3000, etcd: 500 }
type Component = keyof typeof startMs

export function followStaticPods(
  kubelet: Kubelet,
  {
    engine,
    api,
    daemons,
  }: { engine: Engine; api: Server; daemons: Record<'kube-controller-manager' | 'kube-scheduler', Daemon> },
): void {
  const set = (component: Component, runs: boolean) => {
    if (component === 'etcd') api.setEtcd(runs, 'pod')
    else if (component === 'kube-apiserver') api.setServing(runs)
    else {
      api.setComponent(component, runs)
      if (runs) daemons[component].start()
      else daemons[component].stop()
    }
  }
  const starting = new Map<Component, { cancel(): void }>()
  const running = new Set(Object.keys(startMs))
  kubelet.onStaticPod = (name, runs) => {
    if (!(name in startMs) || running.has(name) === runs) return
    const component = name as Component
    starting.get(component)?.cancel()
    starting.delete(component)
    if (runs) {
      running.add(name)
      starting.set(
        component,
        engine.after(startMs[component], () => set(component, true)),
      )
    } else {
      running.delete(name)
      set(component, false)
    }
  }
}
