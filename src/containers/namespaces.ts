// Which namespaces a process is in, as /proc/PID/ns and its maps of users tell: two processes share one where the numbers are
// the same. The machine's own have the numbers that the kernel gives them at its start (namespaces(7), linux/nsfs.h).

/** The machine's, in the order of their names. */
const machineNumbers = {
  cgroup: 4026531835,
  ipc: 4026531839,
  mnt: 4026531841,
  net: 4026531840,
  pid: 4026531836,
  time: 4026531834,
  user: 4026531837,
  uts: 4026531838,
}

export type NamespaceKind = keyof typeof machineNumbers
export const namespaceKinds = Object.keys(machineNumbers) as readonly NamespaceKind[]

export interface ProcessNamespaces {
  number(kind: NamespaceKind): number
  /** Users of the namespace, those of the machine that they are, and how many. */
  readonly users: readonly [first: number, outside: number, count: number]
}

export const machineNamespaces: ProcessNamespaces = {
  number: kind => machineNumbers[kind],
  users: [0, 0, 4294967295],
}

const firstNumber = 4026532200
/** The kubelet gives each pod as many users (userNamespaces.idsPerPod). */
const usersOfAPod = 65_536

/** Those of one machine: a number is given when somebody first looks. */
export class Namespaces {
  #next = firstNumber
  #ranges = 0
  readonly #numbers = new WeakMap<object, Map<NamespaceKind, number>>()
  readonly #users = new WeakMap<object, ProcessNamespaces['users']>()

  /** The number of the one that `owner` holds. */
  of(owner: object, kind: NamespaceKind): number {
    const own = this.#numbers.get(owner) ?? new Map<NamespaceKind, number>()
    this.#numbers.set(owner, own)
    const number = own.get(kind) ?? this.#next++
    own.set(kind, number)
    return number
  }

  /** The users of one that has its own. */
  usersOf(owner: object): ProcessNamespaces['users'] {
    const users = this.#users.get(owner) ?? [0, ++this.#ranges * usersOfAPod, usersOfAPod]
    this.#users.set(owner, users)
    return users
  }
}

/** A line of uid_map or gid_map. */
export const mapLine = ({ users }: ProcessNamespaces): string =>
  `${users.map(n => String(n).padStart(10)).join(' ')}\n`
