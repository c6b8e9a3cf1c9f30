// ps, free, ss and netstat of a node: its services, and the processes of the containers that run there.
import { netstat, ss } from '../../containers/programs/netstat.ts'
import { userName } from '../../engine/accounts.ts'
import type { Process } from '../../engine/process.ts'
import { quantityValue } from '../../kinds/machinery/quantity.ts'
import { type Tool, tool } from '../../shell/command.ts'
import { printProcesses, type Row } from '../../shell/procps.ts'
import type { Kubelet } from '../kubelet.ts'

/** The reader's own shell, and what it runs, stand beside what the node runs by itself. */
const shell = { pid: 2950, user: 'root', argv: ['-bash'], terminal: 'pts/0' }

export const nodePs = (kubelet: Kubelet): Tool =>
  tool('ps', 'list processes', function* ({ engine: { now }, argv, stdout, stderr }) {
    const { files, pids, services } = kubelet
    const rows: Row[] = [...pids.processes].map(([pid, { argv, identity, startedAt, about }]) => ({
      pid,
      parent: pids.parentOf(pid),
      user: userName(files, identity.uid),
      argv,
      startedAt,
      ...(about && { memory: about.memory() }),
    }))
    rows.push(
      { ...shell, parent: services.pidOf('sshd'), startedAt: now },
      { ...shell, pid: shell.pid + 21, parent: shell.pid, argv, startedAt: now },
    )
    return printProcesses(rows, argv.slice(1), now, { stdout, stderr })
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
        loopback: network.loopback ?? [],
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
