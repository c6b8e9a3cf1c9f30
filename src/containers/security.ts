// Who the processes of a container are and what they may do: the process and root part of an OCI runtime specification.
import { findGroup, findUser, groupsOf } from '../engine/accounts.ts'
import type { Files } from '../engine/files.ts'
import type { Identity } from '../engine/identity.ts'
import { allCapabilities, boundingSet, identityOf } from './capabilities.ts'

export interface Security {
  readonly identity: Identity
  /** The user's name where the image knows one, else its number. */
  readonly user: string
  readonly home: string
  /** The most that a process of it can ever hold. */
  readonly bounding: ReadonlySet<string>
  readonly noNewPrivileges: boolean
  /** System calls are filtered. */
  readonly seccomp: boolean
  readonly privileged: boolean
  readonly readOnlyRoot: boolean
}

export interface SecurityRequest {
  /** `NAME`, `UID`, either with `:GROUP`; root where empty. */
  readonly user?: string | undefined
  readonly gid?: number | undefined
  readonly groups?: readonly number[]
  /** The groups that the image's /etc/group gives to the user count too. */
  readonly mergeGroups?: boolean
  readonly add?: readonly string[]
  readonly drop?: readonly string[]
  readonly privileged?: boolean
  readonly noNewPrivileges?: boolean
  readonly seccomp?: boolean
  readonly readOnlyRoot?: boolean
}

/** The runtime cannot find the user or group that is asked for. */
export class UnknownUser extends Error {}

export function securityOf(request: SecurityRequest, files: Files): Security {
  const { privileged = false, groups = [], mergeGroups = true } = request
  const bounding = privileged ? allCapabilities : boundingSet(request.add, request.drop)
  const [user = '', group] = (request.user || '0').split(':')
  const isNumber = (text: string) => /^\d+$/.test(text)
  const known = findUser(files, isNumber(user) ? Number(user) : user)
  if (!known && !isNumber(user))
    throw new UnknownUser(`unable to find user ${user}: no matching entries in passwd file`)
  const uid = known?.uid ?? Number(user)
  let gid = request.gid ?? known?.gid ?? 0
  if (group !== undefined && request.gid === undefined) {
    const found = isNumber(group) ? Number(group) : findGroup(files, group)?.gid
    if (found === undefined)
      throw new UnknownUser(`unable to find group ${group}: no matching entries in group file`)
    gid = found
  }
  const own = mergeGroups && known ? groupsOf(files, known.name) : []
  return {
    user: known?.name ?? String(uid),
    home: known?.home ?? '/',
    identity: identityOf(uid, gid, [...own, ...groups], bounding),
    bounding,
    noNewPrivileges: request.noNewPrivileges ?? false,
    seccomp: !privileged && (request.seccomp ?? false),
    privileged,
    readOnlyRoot: request.readOnlyRoot ?? false,
  }
}
