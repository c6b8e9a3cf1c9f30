// A container in the words of lists: its command, status, ports (moby container/state.go, cli formatter/container.go).
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { humanDuration, since } from '../units.ts'
import type { ShownPort } from './port-flags.ts'

/** Whole seconds count. */
const lasted = (from: number, now: number): string => humanDuration(Math.max(0, now - from))

/** `Up 2 seconds (Paused)`, `Exited (137) 10 seconds ago` */
export function statusText(docker: DockerContainer, now: number): string {
  const { status, startedAt = now, finishedAt = now, exitCode, health } = docker
  switch (status) {
    case 'paused':
      return `Up ${lasted(startedAt, now)} (Paused)`
    case 'running': {
      const word = health?.status === 'starting' ? 'health: starting' : health?.status
      return `Up ${lasted(startedAt, now)}${word ? ` (${word})` : ''}`
    }
    case 'restarting':
      return `Restarting (${exitCode}) ${lasted(finishedAt, now)} ago`
    case 'removing':
      return 'Removal In Progress'
    case 'created':
      return 'Created'
    case 'dead':
      return 'Dead'
    case 'exited':
      return `Exited (${exitCode}) ${lasted(finishedAt, now)} ago`
  }
}

export const runningFor = ({ created }: DockerContainer, now: number): string => since(created, now)

/** What it runs: its entrypoint, with its arguments. */
export const commandOf = ({
  settings: { entrypoint = [], cmd = [] },
}: DockerContainer): readonly string[] => [...entrypoint, ...cmd]

export function ellipsis(text: string, most: number): string {
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}

/** What it exposes and publishes, as long as it runs. */
export function portsOf({ settings, published, status }: DockerContainer): ShownPort[] {
  if (status !== 'running' && status !== 'paused') return []
  const shown: ShownPort[] = []
  for (const { hostAddress, hostPort, port, protocol } of published) {
    const addresses = hostAddress === '0.0.0.0' ? ['0.0.0.0', '::'] : [hostAddress]
    for (const address of addresses) shown.push({ port, protocol, address, hostPort })
  }
  for (const exposed of settings.exposed) {
    const [port = '', protocol = 'tcp'] = exposed.split('/')
    if (!shown.some(each => each.port === Number(port) && each.protocol === protocol))
      shown.push({ port: Number(port), protocol, address: '', hostPort: 0 })
  }
  return shown
}

/** The name it was made by, as long as that still means the same image; else the image's id. */
export function imageText(daemon: Daemon, { settings: { imageName, imageId } }: DockerContainer): string {
  const still = daemon.findImageQuietly(imageName)
  return still?.id === imageId ? imageName : imageId
}
