// `COPY --chown=USER:GROUP`: whom what is copied belongs to, by number or by the accounts of the image it goes to.
import { findGroup, findUser } from '../../engine/accounts.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'
import { BuildError } from './errors.ts'
import type { CopyStep } from './instructions.ts'

/** Throws BuildError where the image does not know the name. */
export function copyOwner(
  root: MemoryFiles,
  step: CopyStep,
  expand: (text: string) => string,
): { uid: number; gid: number } {
  const text = step.flags.get('chown')?.at(-1)
  if (text === undefined) return { uid: 0, gid: 0 }
  const [user = '', group] = expand(text).split(':')
  const number = (each: string) => (/^\d+$/.test(each) ? Number(each) : undefined)
  const uid = number(user) ?? findUser(root, user)?.uid
  const gid = group === undefined ? uid : (number(group) ?? findGroup(root, group)?.gid)
  if (uid === undefined)
    throw new BuildError(
      `unable to convert uid/gid chown string to host mapping: can't find uid for user ${user}: no such user: ${user}`,
      step.lines,
    )
  if (gid === undefined)
    throw new BuildError(
      `unable to convert uid/gid chown string to host mapping: can't find gid for group ${group}: no such group: ${group}`,
      step.lines,
    )
  return { uid, gid }
}
