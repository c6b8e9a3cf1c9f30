// docker update: other limits, or another restart policy.
import { atLeast, type Command } from '../command.ts'
import { containerEvent } from '../containers/events.ts'
import { parseRestart } from '../containers/run-flags.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { parseSize } from '../units.ts'

const withoutEffect =
  'blkio-weight cpu-period cpu-rt-period cpu-rt-runtime cpu-shares cpuset-cpus cpuset-mems kernel-memory memory-reservation memory-swap pids-limit'

export const update: Command = {
  names: ['container update', 'update'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  arguments: atLeast(1),
  flags:
    'blkio-weight:uint16 cpu-period:int cpu-quota:int cpu-rt-period:int cpu-rt-runtime:int cpu-shares,c:int cpus:decimal cpuset-cpus:string cpuset-mems:string memory,m:bytes memory-reservation:bytes memory-swap:bytes pids-limit:int restart:string',
  *run({ process, daemon, flags, args }) {
    const { stdout, stderr } = process
    const known = 'cpu-quota cpus memory memory-reservation memory-swap restart'.split(' ')
    const idle = withoutEffect.split(' ').filter(name => flags.given(name))
    if (!idle.length && !known.some(name => flags.given(name)))
      throw new DockerError('you must provide one or more flags when using this command')
    const restart = flags.given('restart') ? parseRestart(flags.text('restart')) : undefined
    const memory = flags.given('memory') ? parseSize(flags.text('memory')) : undefined
    const failures: string[] = []
    for (const name of args)
      try {
        yield* daemon.call(process, `/v1.50/containers/${name}/update`, 'POST')
        const docker = daemon.container(name)
        if (restart && restart.name !== 'no' && docker.settings.autoRemove)
          throw new DaemonError(
            `Cannot update container ${docker.id}: Restart policy cannot be updated because AutoRemove is enabled for the container`,
          )
        const { settings, container } = docker
        docker.settings = {
          ...settings,
          ...(restart && { restart }),
          ...(memory !== undefined && { memory }),
          ...(flags.given('cpus') && { nanoCpus: Math.round(Number(flags.text('cpus')) * 1e9) }),
          ...(flags.given('cpu-quota') && { nanoCpus: flags.int('cpu-quota') * 10_000 }),
        }
        const { memory: bytes, nanoCpus } = docker.settings
        container?.resize({
          limits: {
            ...(bytes && { memory: String(bytes) }),
            ...(nanoCpus && { cpu: String(nanoCpus / 1e9) }),
          },
        })
        containerEvent(daemon, docker, 'update')
        stdout.write(`${name}\n`)
      } catch (error) {
        if (!(error instanceof DockerError)) throw error
        failures.push(error.message)
      }
    for (const name of idle) stderr.write(`WARNING: --${name} has no effect in this simulator\n`)
    if (failures.length) throw new DockerError(failures.join('\n'))
    return 0
  },
}
