// netstat and ss: the ports that are open here. Connections last no longer than their requests, so there are none to show.
import type { Network } from '../../engine/network.ts'
import { type Tool, tool } from '../../shell/command.ts'

const addressOf = ({ loopback }: Network, port: number): string =>
  loopback?.includes(port) ? '127.0.0.1' : '0.0.0.0'

/** `0.0.0.0:80`, in the words of netstat. */
export const netstat: Tool = tool('netstat', 'open ports', function* ({ argv, network, stdout }) {
  const flags = argv
    .slice(1)
    .filter(arg => arg.startsWith('-'))
    .join('')
  if (/r/.test(flags)) {
    stdout.write(
      'Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n',
    )
    stdout.write(
      `0.0.0.0         ${network.address.replace(/\d+$/, '1').padEnd(15)} 0.0.0.0         UG        0 0          0 eth0\n`,
    )
    return 0
  }
  const listening = /[la]/.test(flags)
  const program = flags.includes('p') ? ' PID/Program name' : ''
  stdout.write(
    `Active Internet connections (${flags.includes('a') ? 'servers and established' : listening ? 'only servers' : 'w/o servers'})\n`,
  )
  stdout.write(`Proto Recv-Q Send-Q Local Address           Foreign Address         State      ${program}\n`)
  if (listening && !(/u/.test(flags) && !/t/.test(flags)))
    for (const port of network.listening ?? [])
      stdout.write(
        `tcp        0      0 ${`${addressOf(network, port)}:${port}`.padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} LISTEN      ${program && '-'}\n`,
      )
  return 0
})

export const ss: Tool = tool('ss', 'open ports', function* ({ argv, network, stdout }) {
  const flags = argv
    .slice(1)
    .filter(arg => arg.startsWith('-'))
    .join('')
  if (flags.includes('s')) {
    stdout.write(
      `Total: ${network.listening?.length ?? 0}\nTCP:   ${network.listening?.length ?? 0} (estab 0, closed 0, orphaned 0, timewait 0)\n`,
    )
    return 0
  }
  const head = flags.includes('u') || !flags.includes('t') ? 'Netid ' : ''
  stdout.write(
    `${head}State  Recv-Q Send-Q Local Address:Port  Peer Address:Port${flags.includes('p') ? 'Process' : ''}\n`,
  )
  if (/[la]/.test(flags))
    for (const port of network.listening ?? [])
      stdout.write(
        `${head && 'tcp   '}LISTEN 0      4096   ${addressOf(network, port).padStart(13)}:${String(port).padEnd(5)}      0.0.0.0:*\n`,
      )
  return 0
})
