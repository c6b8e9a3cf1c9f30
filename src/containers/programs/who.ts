// id, whoami, groups and tty: who a process is and where it is typed at, with the names that the machine's /etc/passwd and /etc/group have for it.
import { findUser, groupName, groupsOf, userName } from '../../engine/accounts.ts'
import type { Process } from '../../engine/process.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import { parseOptions } from '../../shell/tools/options.ts'

interface Who {
  readonly uid: number
  readonly gid: number
  readonly groups: readonly number[]
}

const root: Who = { uid: 0, gid: 0, groups: [0] }

/** Of a name that the machine knows, of the process itself where none is given. */
function whoIs(process: Process, name: string | undefined): Who {
  if (name === undefined) return process.identity ?? root
  const user = findUser(process.files, name)
  if (!user) throw new ToolError(`id: unknown user ${name}`)
  return { ...user, groups: [...new Set([user.gid, ...groupsOf(process.files, name)])] }
}

const id = tool('id', 'print user and groups', function* (process) {
  const { files, stdout } = process
  const options = parseOptions(process, 'ugGnr')
  const { uid, gid, groups } = whoIs(process, options.operands[0])
  const user = (n: number) => (options.has('n') ? userName(files, n) : String(n))
  const group = (n: number) => (options.has('n') ? groupName(files, n) : String(n))
  if (options.has('u')) stdout.write(`${user(uid)}\n`)
  else if (options.has('g')) stdout.write(`${group(gid)}\n`)
  else if (options.has('G')) stdout.write(`${groups.map(group).join(' ')}\n`)
  else {
    const named = (n: number, name: string) => (name === String(n) ? name : `${n}(${name})`)
    const all = groups.map(n => named(n, groupName(files, n))).join(',')
    stdout.write(
      `uid=${named(uid, userName(files, uid))} gid=${named(gid, groupName(files, gid))} groups=${all}\n`,
    )
  }
  return 0
})

const whoami = tool('whoami', 'print the user', function* (process) {
  const { uid } = process.identity ?? root
  const user = findUser(process.files, uid)
  // A machine without a list of users still knows who it was asked by.
  const name = user?.name ?? (process.identity ? undefined : process.user)
  if (name === undefined) throw new ToolError(`whoami: unknown uid ${uid}`)
  process.stdout.write(`${name}\n`)
  return 0
})

const groups = tool('groups', 'print the groups', function* (process) {
  const own = whoIs(process, process.argv[1]).groups
  process.stdout.write(`${own.map(n => groupName(process.files, n)).join(' ')}\n`)
  return 0
})

/** A container has one terminal at most for each process that was given one: the first of its own. */
const tty = tool('tty', 'print the terminal', function* ({ typed, terminal, argv, stdout }) {
  const isTyped = typed || terminal !== undefined
  if (!argv.includes('-s')) stdout.write(isTyped ? '/dev/pts/0\n' : 'not a tty\n')
  return isTyped ? 0 : 1
})

export const whoTools: readonly Tool[] = [id, whoami, groups, tty]
