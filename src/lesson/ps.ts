// ps of the workstation, in the words of procps: the processes of the terminal; -ef and aux show their owner too.
// Left out: times and sizes (nothing takes any), formats of one's own.
import { tool } from '../shell/command.ts'

export const ps = tool('ps', 'list processes', function* ({ argv, processes, stdout, user }) {
  const style = argv[1]?.replace('-', '') ?? ''
  const aux = /^a?u?x?$/.test(style) && style.includes('u')
  const full = style.includes('f')
  stdout.write(
    aux
      ? 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n'
      : full
        ? 'UID          PID    PPID  C STIME TTY          TIME CMD\n'
        : '    PID TTY          TIME CMD\n',
  )
  for (const { pid, argv, user: owner = user } of processes?.() ?? []) {
    const command = argv.join(' ')
    stdout.write(
      aux
        ? `${owner.padEnd(8)} ${String(pid).padStart(7)}  0.0  0.1   8320  5248 pts/0    S    09:30   0:00 ${command}\n`
        : full
          ? `${owner.padEnd(8)} ${String(pid).padStart(7)} ${String(pid === 2100 ? 1 : 2100).padStart(7)}  0 09:30 pts/0    00:00:00 ${command}\n`
          : `${String(pid).padStart(7)} pts/0    00:00:00 ${command.split(' ')[0]}\n`,
    )
  }
  return 0
})
