// Users and groups of a machine by name and number: /etc/passwd and /etc/group, as the C library reads them.
import type { Files } from './files.ts'

export interface User {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly home: string
}

/** The lines of each file as it was read last: the same few are read again and again. */
const known = new Map<string, { readonly text: string; readonly records: readonly string[][] }>()

function records(files: Files, path: string, fields: number): readonly string[][] {
  if (!files.exists(path)) return []
  const text = files.read(path)
  const last = known.get(path)
  if (last?.text === text) return last.records
  const records = text
    .split('\n')
    .map(line => line.split(':'))
    .filter(record => record.length === fields)
  known.set(path, { text, records })
  return records
}

/** A user by name or number. */
export function findUser(files: Files, user: string | number): User | undefined {
  for (const [name = '', , uid, gid, , home = '/'] of records(files, '/etc/passwd', 7))
    if (name === user || Number(uid) === user) return { name, uid: Number(uid), gid: Number(gid), home }
  return undefined
}

export const userName = (files: Files, uid: number): string => findUser(files, uid)?.name ?? String(uid)

/** A group by name or number. */
export function findGroup(files: Files, group: string | number): { name: string; gid: number } | undefined {
  for (const [name = '', , gid] of records(files, '/etc/group', 4))
    if (name === group || Number(gid) === group) return { name, gid: Number(gid) }
  return undefined
}

export const groupName = (files: Files, gid: number): string => findGroup(files, gid)?.name ?? String(gid)

/** The groups that name a user as their member. */
export function groupsOf(files: Files, user: string): number[] {
  const groups: number[] = []
  for (const [, , gid, members = ''] of records(files, '/etc/group', 4))
    if (members.split(',').includes(user)) groups.push(Number(gid))
  return groups
}
