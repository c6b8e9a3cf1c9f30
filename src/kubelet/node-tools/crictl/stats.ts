// crictl stats and statsp: what containers and pods use, as the node's statistics have it.
import { humanSize } from '../../../engine/go-units.ts'
import { sleep } from '../../../engine/task.ts'
import { podMessage } from './messages.ts'
import { columns, writtenAsMessage } from './output.ts'
import {
  type Call,
  type Command,
  chosenContainers,
  chosenPods,
  containerLabels,
  type FoundContainer,
  ShowHelp,
  short,
} from './runtime.ts'

/** What a container uses that nobody measures: millicores and bytes. */
const idle = { cpu: 1, memory: 8 * 2 ** 20 }
/** What holds a pod's network takes. */
const pause = { cpu: 0, memory: 450_560 }

const usedBy = ({ kubelet }: Call, { container, worker }: FoundContainer) => {
  if (!container.running) return { cpu: 0, memory: 0 }
  return kubelet.usage?.(worker.pod).get(container.state.name) ?? { ...idle, memory: container.memory }
}

function asked(call: Call): string {
  const { options } = call
  if (options.args.length > 1) throw new ShowHelp()
  return options.text('id') || (options.args[0] ?? '')
}

export const stats: Command = function* (call) {
  const { process, kubelet, options } = call
  const id = asked(call)
  const found = () =>
    chosenContainers(call)
      .filter(({ container }) => container.state.id.startsWith(id))
      .sort((a, b) => (a.container.state.id < b.container.state.id ? -1 : 1))
  const value = (each: number) => ({ value: String(Math.round(each)) })
  const message = () => ({
    stats: found().map(each => {
      const { state, options: own } = each.container
      const { cpu, memory } = usedBy(call, each)
      const timestamp = `${Math.round(kubelet.engine.now * 1000)}000`
      const seconds = (kubelet.engine.now - (state.startedAt ?? kubelet.engine.now)) / 1000
      return {
        attributes: {
          id: state.id,
          metadata: { name: state.name, attempt: state.restartCount },
          labels: containerLabels(each),
          annotations: {},
        },
        cpu: {
          timestamp,
          usageCoreNanoSeconds: value(cpu * 1e6 * seconds),
          usageNanoCores: value(cpu * 1e6),
        },
        memory: { timestamp, workingSetBytes: value(memory) },
        writableLayer: {
          timestamp,
          fsId: { mountpoint: '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs' },
          usedBytes: value(own.layer?.used ?? 0),
          inodesUsed: value(11),
        },
      }
    }),
  })
  if (writtenAsMessage(process.stdout, options, message())) return 0
  for (;;) {
    const before = new Set(found().map(({ container }) => container.state.id))
    yield* sleep(options.number('seconds') * 1000)
    const rows = found()
      .filter(({ container }) => before.has(container.state.id) && (options.is('all') || container.running))
      .map(each => {
        const { state, options: own } = each.container
        const { cpu, memory } = usedBy(call, each)
        return [
          short(state.id),
          state.name,
          (cpu / 10).toFixed(2),
          humanSize(memory),
          humanSize(24_576 + (own.layer?.used ?? 0)),
          '11',
          '0B',
        ]
      })
    process.stdout.write(columns([['CONTAINER', 'NAME', 'CPU %', 'MEM', 'DISK', 'INODES', 'SWAP'], ...rows]))
    if (!options.is('watch')) return 0
  }
}

export const statsp: Command = function* (call) {
  const { process, kubelet, options } = call
  const id = asked(call)
  const used = () =>
    chosenPods(call)
      .filter(pod => pod.ready && pod.id.startsWith(id))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(pod => {
        const { worker } = pod
        const all = worker.runtime.containers.map(container => usedBy(call, { container, worker }))
        const cpu = all.reduce((sum, each) => sum + each.cpu, pause.cpu)
        const memory = all.reduce((sum, each) => sum + each.memory, pause.memory)
        return { pod, cpu, memory }
      })
  const timestamp = `${Math.round(kubelet.engine.now * 1000)}000`
  const stats = used().map(({ pod, cpu, memory }) => {
    const { id, metadata, labels, annotations } = podMessage(pod)
    return {
      attributes: { id, metadata, labels, annotations },
      linux: {
        cpu: { timestamp, usageNanoCores: { value: String(Math.round(cpu * 1e6)) } },
        memory: { timestamp, workingSetBytes: { value: String(memory) } },
      },
    }
  })
  if (writtenAsMessage(process.stdout, options, { stats })) return 0
  for (;;) {
    yield* sleep((options.number('seconds') || 1) * 1000)
    const rows = used().map(({ pod: { id: own, worker }, cpu, memory }) => [
      worker.pod.metadata.name!,
      short(own),
      (cpu / 10).toFixed(2),
      humanSize(memory),
    ])
    process.stdout.write(columns([['POD', 'POD ID', 'CPU %', 'MEM'], ...rows]))
    if (!options.is('watch')) return 0
  }
}
