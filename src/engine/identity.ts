// Who a process is: its user, its groups, and what it may do beyond them (capabilities(7)).

/** The capabilities that something here asks for; a process may have others. */
export type Capability =
  | 'CHOWN'
  | 'DAC_OVERRIDE'
  | 'FOWNER'
  | 'KILL'
  | 'NET_BIND_SERVICE'
  | 'NET_RAW'
  | 'SYS_ADMIN'

export interface Identity {
  readonly uid: number
  readonly gid: number
  /** All of its groups, the first one's number among them, sorted as the kernel keeps them. */
  readonly groups: readonly number[]
  /** Effective capabilities, without `CAP_`. */
  readonly capabilities: ReadonlySet<string>
}

export const isMember = ({ gid, groups }: Identity, group: number): boolean =>
  gid === group || groups.includes(group)

/** May it? A process that says nothing of itself is root on its machine. */
export const capable = (process: { readonly identity?: Identity }, capability: Capability): boolean =>
  process.identity?.capabilities.has(capability) ?? true
