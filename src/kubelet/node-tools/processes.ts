// ps, free, ss and netstat of a node: its services, and the processes of the containers that run there.
import { netstat, ss } from '../../containers/programs/netstat.ts'
import type { Process } from '../../engine/process.ts'
import { quantityValue } from '../../kinds/machinery/quantity.ts'
import { type Tool, tool } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'

interface Row {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

const services: readonly Row[] = [
  { pid: 1, parent: 0, command: '/sbin/init' },
  { pid: 412, parent: 1, command: '/lib/systemd/systemd-journald' },
  { pid: 688, parent: 1, command: 'sshd: /usr/sbin/sshd -D' },
  { pid: 742, parent: 1, command: '/usr/bin/containerd' },
]
const kubeletCommand =
  '/usr/bin/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml'

/** A container's processes below a shim of its own, with the node's numbers. */
function rows(kubelet: Kubelet): Row[] {
  const list = [...services, ...(kubelet.active ? [{ pid: 1015, parent: 1, command: kubeletCommand }] : [])]
  let next = 1400
  for (const { runtime } of kubelet.workers)
    for (const container of runtime.containers) {
      if (!container.running) continue
      const shim = next++
      list.push({
        pid: shim,
        parent: 1,
        command: `/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id ${container.state.id} -address /run/containerd/containerd.sock`,
      })
      for (const { argv } of container.processes)
        list.push({ pid: next++, parent: shim, command: argv.join(' ') })
    }
  return list
}

export const nodePs = (kubelet: Kubelet): Tool =>
  tool('ps', 'list processes', function* ({ argv, stdout }) {
    const style = argv.slice(1).join('').replaceAll('-', '')
    const all = [
      ...rows(kubelet),
      { pid: 2950, parent: 688, command: '-bash' },
      { pid: 2971, parent: 2950, command: argv.join(' ') },
    ]
    const aux = style.includes('u') && !style.includes('f')
    const full = style.includes('f')
    const everyone = /[eAx]|a/.test(style)
    stdout.write(
      aux
        ? 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n'
        : full
          ? 'UID          PID    PPID  C STIME TTY          TIME CMD\n'
          : '    PID TTY          TIME CMD\n',
    )
    for (const { pid, parent, command } of everyone ? all : all.slice(-2)) {
      const terminal = pid > 2900 ? 'pts/0' : '?'
      stdout.write(
        aux
          ? `root     ${String(pid).padStart(7)}  0.0  0.1  12620  6420 ${terminal.padEnd(8)} S    09:21   0:00 ${command}\n`
          : full
            ? `root     ${String(pid).padStart(7)} ${String(parent).padStart(7)}  0 09:21 ${terminal.padEnd(8)} 00:00:00 ${command}\n`
            : `${String(pid).padStart(7)} ${terminal.padEnd(8)} 00:00:00 ${command.split(' ')[0]!.split('/').at(-1)}\n`,
      )
    }
    return 0
  })

/** Memory: what is there, and what the pods on the node ask for, which is taken for used. */
export const nodeFree = (kubelet: Kubelet): Tool =>
  tool('free', 'how much memory there is', function* ({ argv, stdout }) {
    const flags = argv.slice(1).join('')
    const total = quantityValue(kubelet.facts.allocatable.memory ?? '0') / 1024
    let used = 980_000
    for (const { pod, runtime } of kubelet.workers)
      if (runtime.containers.some(each => each.running))
        for (const { resources } of pod.spec.containers)
          used += quantityValue(resources?.requests?.memory ?? '16Mi') / 1024
    const cached = 1_740_000
    const cells = [total, used, total - used - cached, 2100, cached, total - used]
    const human = (ki: number): string => {
      if (ki === 0) return '0B'
      let [size, unit] = [ki, 0]
      for (; size >= 1024 && unit < 2; unit++) size /= 1024
      return `${size >= 10 ? Math.round(size) : size.toFixed(1)}${['Ki', 'Mi', 'Gi'][unit]}`
    }
    const shown = (ki: number): string =>
      flags.includes('h')
        ? human(ki)
        : String(
            Math.round(
              flags.includes('m')
                ? ki / 1024
                : flags.includes('g')
                  ? ki / 1024 ** 2
                  : flags.includes('b')
                    ? ki * 1024
                    : ki,
            ),
          )
    const row = (name: string, list: readonly string[]) =>
      stdout.write(`${name.padEnd(8)}${list.map(cell => cell.padStart(12)).join('')}\n`)
    row('', ['total', 'used', 'free', 'shared', 'buff/cache', 'available'])
    row('Mem:', cells.map(shown))
    row('Swap:', [0, 0, 0].map(shown))
    return 0
  })

/** The machine's own service has a port too, which is no part of the simulated wire. */
const own = [22]

const withOwnPorts = (inner: Tool) => (): Tool => ({
  ...inner,
  run: (process: Process) => {
    const { network } = process
    const listening = [...new Set([...(network.listening ?? []), ...own])].sort((a, b) => a - b)
    return inner.run({
      ...process,
      network: {
        address: network.address,
        listening,
        listen: network.listen.bind(network),
        connect: network.connect.bind(network),
        http: network.http.bind(network),
        query: network.query.bind(network),
        lookup: network.lookup.bind(network),
      },
    })
  },
})

export const nodeSs = withOwnPorts(ss)
export const nodeNetstat = withOwnPorts(netstat)
