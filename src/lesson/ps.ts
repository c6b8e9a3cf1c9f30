// ps of the workstation: the processes of the terminal.
import { tool } from '../shell/command.ts'
import { printProcesses } from '../shell/procps.ts'

export const ps = tool(
  'ps',
  'list processes',
  function* ({ engine, argv, pid: own, processes, stdout, stderr, user }) {
    const shell = processes?.()[0]?.pid ?? own
    const rows = (processes?.() ?? []).map(({ pid, argv, user: owner = user }) => ({
      pid,
      parent: pid === shell ? 1 : shell,
      user: owner,
      argv,
      startedAt: engine.epoch,
      terminal: 'pts/0',
    }))
    return printProcesses(rows, argv.slice(1), engine.now, { stdout, stderr })
  },
)
