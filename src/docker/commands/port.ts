// docker port: what is published of a container, and where.
import type { Command } from '../command.ts'
import { portsOf } from '../containers/shown.ts'
import { DockerError } from '../errors.ts'

export const port: Command = {
  names: ['container port', 'port'],
  usage: 'CONTAINER [PRIVATE_PORT[/PROTO]]',
  arguments: { from: 1, to: 2 },
  flags: '',
  *run({ process, daemon, args: [name = '', wanted] }) {
    yield* daemon.call(process, `/v1.50/containers/${name}/json`)
    const ports = portsOf(daemon.container(name)).filter(({ address }) => address)
    const place = (address: string, port: number) =>
      address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
    if (wanted !== undefined) {
      const [number = '', protocol = 'tcp'] = wanted.split('/')
      if (!/^\d+$/.test(number) || Number(number) > 65_535)
        throw new DockerError(
          `Error: invalid port (${number}): strconv.ParseUint: parsing ${JSON.stringify(number)}: ${/^\d+$/.test(number) ? 'value out of range' : 'invalid syntax'}`,
        )
      const found = ports.filter(each => each.port === Number(number) && each.protocol === protocol)
      if (!found.length) throw new DockerError(`Error: No public port '${wanted}' published for ${name}`)
      for (const { address, hostPort } of found) process.stdout.write(`${place(address, hostPort)}\n`)
      return 0
    }
    const sorted = [...ports].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1))
    for (const { port, protocol, address, hostPort } of sorted)
      process.stdout.write(`${port}/${protocol} -> ${place(address, hostPort)}\n`)
    return 0
  },
}
