// systemctl and journalctl on a node, for its services: the kubelet, containerd and docker can be stopped and started.
import { formatTime, parseTime } from '../../engine/engine.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import type { Unit } from '../journal.ts'
import type { Kubelet } from '../kubelet.ts'

const units: Record<Unit, { about: string; docs: string; dropIn?: boolean }> = {
  kubelet: {
    about: 'kubelet: The Kubernetes Node Agent',
    docs: 'https://kubernetes.io/docs/',
    dropIn: true,
  },
  containerd: {
    about: 'containerd container runtime',
    docs: 'https://containerd.io',
  },
  docker: {
    about: 'Docker Application Container Engine',
    docs: 'https://docs.docker.com',
  },
}
const days = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']

/** `Mon 2026-11-23 09:30:00 UTC` */
const stamp = (ms: number): string =>
  `${days[Math.floor(ms / 86_400_000) % 7]} ${formatTime(ms).replace('T', ' ').replace('Z', ' UTC')}`

/** `8min`, `1h 5min`, `12s`: systemd's time spans. */
function span(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}min${minutes < 10 && seconds % 60 ? ` ${seconds % 60}s` : ''}`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours}h ${minutes % 60}min` : `${Math.floor(hours / 24)} days`
}

/** `10 min ago`, `-1h`, `2026-11-23 09:30:00`: ms since 1970, from the beginning where it is something else. */
function sinceOf(text: string | undefined, now: number): number {
  const ago = /^-?(\d+) ?(s|m|h|d)[a-z]*(?: ago)?$/.exec(text ?? '')
  if (ago) return now - Number(ago[1]) * { s: 1, m: 60, h: 3600, d: 86_400 }[ago[2] as 's']! * 1000
  const point = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?)$/.exec(text ?? '')
  return point ? parseTime(`${point[1]}T${point[2]!.padEnd(8, ':00')}Z`) : 0
}

export function systemdTools(kubelet: Kubelet): Tool[] {
  const { journal } = kubelet
  const serviceOf = (name: Unit) =>
    ({ kubelet, containerd: kubelet.runtimeService, docker: kubelet.dockerService })[name]
  const isActive = (name: Unit) => serviceOf(name)?.active ?? false

  function status(name: Unit): string {
    const { about, docs, dropIn } = units[name]
    const active = isActive(name)
    const since = journal.since[name]
    const pid = kubelet.services.pidOf(name)
    const lines = [
      `${active ? '●' : '○'} ${name}.service - ${about}`,
      `     Loaded: loaded (/usr/lib/systemd/system/${name}.service; enabled; preset: enabled)`,
      ...(dropIn
        ? [`    Drop-In: /usr/lib/systemd/system/${name}.service.d`, '             └─10-kubeadm.conf']
        : []),
      `     Active: ${active ? 'active (running)' : 'inactive (dead)'} since ${stamp(since)}; ${span(kubelet.engine.now - since)} ago`,
      `       Docs: ${docs}`,
      ...(active
        ? [
            `   Main PID: ${pid} (${name})`,
            '      Tasks: 14 (limit: 28829)',
            `     CGroup: /system.slice/${name}.service`,
            `             └─${pid} ${kubelet.services.commandOf(name)}`,
          ]
        : [`   Main PID: ${pid} (code=exited, status=0/SUCCESS)`]),
    ]
    const last = journal.text({ unit: name, lines: 10 })
    return `${lines.join('\n')}\n${last && `\n${last}`}`
  }

  /** One verb for some units, in systemctl's words; the exit code. */
  function control(verb: string, names: readonly string[], write: (text: string) => void): number {
    let code = 0
    for (const full of names) {
      const name = full.replace(/\.service$/, '') as Unit
      if (!Object.hasOwn(units, name) || !serviceOf(name)) {
        if (verb === 'status') throw new ToolError(`Unit ${name}.service could not be found.`, 4)
        throw new ToolError(`Failed to ${verb} ${name}.service: Unit ${name}.service not found.`, 5)
      }
      if (verb === 'status') write(status(name))
      else if (verb === 'is-active') write(isActive(name) ? 'active\n' : 'inactive\n')
      else if (verb === 'is-enabled') write('enabled\n')
      else if (verb === 'stop' || verb === 'start' || verb === 'restart') {
        if (verb !== 'start') serviceOf(name)!.stop()
        if (verb !== 'stop') serviceOf(name)!.start()
      } else if (!/^(enable|disable|daemon-reload)$/.test(verb))
        throw new ToolError(`Unknown command verb '${verb}'.`)
      if (/^(status|is-active)$/.test(verb) && !isActive(name)) code = 3
    }
    return code
  }

  const systemctl = tool('systemctl', "the node's services", function* ({ argv, stdout }) {
    const args = argv.slice(1)
    const [verb = '', ...names] = args.filter(a => !a.startsWith('-'))
    const code = control(verb, names, text => stdout.write(text))
    const then = verb === 'enable' ? 'start' : verb === 'disable' ? 'stop' : undefined
    const now = args.includes('--now') && then
    return now ? control(now, names, text => stdout.write(text)) : code
  })

  // Where systemd runs the services, the older command hands on to it.
  const service = tool(
    'service',
    "the node's services: service kubelet status",
    function* ({ argv, stdout }) {
      const [name, verb] = argv.slice(1)
      if (!name || !verb)
        throw new ToolError(
          'Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]',
        )
      return control(verb, [name], text => stdout.write(text))
    },
  )

  const journalctl = tool(
    'journalctl',
    "the node's log: journalctl -u kubelet",
    function* ({ argv, stdout }) {
      const args = argv.slice(1)
      const value = (short: string, long: string) => {
        const at = args.findIndex(arg => arg === short || arg === long)
        return at >= 0 ? args[at + 1] : args.find(arg => arg.startsWith(`${long}=`))?.slice(long.length + 1)
      }
      const unit = value('-u', '--unit')?.replace(/\.service$/, '')
      const lines = args.map(arg => /^-n(\d+)$/.exec(arg)?.[1]).find(Boolean) ?? value('-n', '--lines')
      const text = journal.text({
        ...(unit !== undefined && { unit: unit as Unit }),
        ...(lines !== undefined && { lines: Number(lines) }),
        since: sinceOf(value('-S', '--since'), kubelet.engine.now),
      })
      stdout.write(text || '-- No entries --\n')
      return 0
    },
  )
  return [systemctl, service, journalctl]
}
