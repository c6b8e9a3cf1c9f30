// systemctl and journalctl on a node, for its two services: the kubelet, which can be stopped and started, and containerd.
import { formatTime } from '../../engine/engine.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'

const units: Record<string, { about: string; docs: string; command: string; dropIn?: boolean }> = {
  kubelet: {
    about: 'kubelet: The Kubernetes Node Agent',
    docs: 'https://kubernetes.io/docs/',
    command:
      '/usr/bin/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml',
    dropIn: true,
  },
  containerd: {
    about: 'containerd container runtime',
    docs: 'https://containerd.io',
    command: '/usr/bin/containerd',
  },
}
const days = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
const pids: Record<string, number> = { kubelet: 1015, containerd: 742 }

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

export function systemdTools(kubelet: Kubelet): Tool[] {
  const { journal } = kubelet
  const isActive = (name: string) => name !== 'kubelet' || kubelet.active

  function status(name: string): string {
    const { about, docs, command, dropIn } = units[name]!
    const active = isActive(name)
    const since = name === 'kubelet' ? journal.since : kubelet.engine.epoch - 500_000
    const pid = pids[name]
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
            `             └─${pid} ${command}`,
          ]
        : [`   Main PID: ${pid} (code=exited, status=0/SUCCESS)`]),
    ]
    const last = name === 'kubelet' ? journal.text(10) : ''
    return `${lines.join('\n')}\n${last && `\n${last}`}`
  }

  const systemctl = tool('systemctl', "the node's services", function* ({ argv, stdout }) {
    const [verb = '', ...names] = argv.slice(1).filter(a => !a.startsWith('-'))
    let code = 0
    for (const full of names) {
      const name = full.replace(/\.service$/, '')
      if (!units[name]) throw new ToolError(`Unit ${name}.service could not be found.`, 4)
      if (verb === 'status') stdout.write(status(name))
      else if (verb === 'is-active') stdout.write(isActive(name) ? 'active\n' : 'inactive\n')
      else if (verb === 'is-enabled') stdout.write('enabled\n')
      else if (verb === 'stop' || verb === 'start' || verb === 'restart') {
        if (name === 'containerd')
          throw new ToolError('systemctl: the runtime cannot be stopped here: only the kubelet can')
        if (verb !== 'start') kubelet.stop()
        if (verb !== 'stop') kubelet.start()
      } else if (verb !== 'enable') throw new ToolError(`Unknown command verb '${verb}'.`)
      if (/^(status|is-active)$/.test(verb) && !isActive(name)) code = 3
    }
    return code
  })

  const journalctl = tool(
    'journalctl',
    "the node's log: journalctl -u kubelet",
    function* ({ argv, stdout }) {
      const args = argv.slice(1)
      const unit = args
        .find((a, i) => args[i - 1] === '-u' || a.startsWith('--unit='))
        ?.replace('--unit=', '')
      const at = args.findIndex(a => a === '-n' || a === '--lines')
      const lines = at < 0 ? undefined : Number(args[at + 1])
      const text = unit?.startsWith('kubelet') ? journal.text(lines) : ''
      stdout.write(text || '-- No entries --\n')
      return 0
    },
  )
  return [systemctl, journalctl]
}
