// chown and chgrp: gives files to users and groups, by name or number.
import { findGroup, findUser } from '../../engine/accounts.ts'
import type { Files } from '../../engine/files.ts'
import type { Process } from '../../engine/process.ts'
import { ToolError, tool } from '../command.ts'
import { each } from './file-tools.ts'
import { nameOf } from './input.ts'
import { parseOptions } from './options.ts'

function numberOf(
  process: Process,
  text: string,
  find: (files: Files, name: string) => number | undefined,
  what: string,
): number {
  const number = find(process.files, text) ?? (/^\d+$/.test(text) ? Number(text) : undefined)
  if (number === undefined) throw new ToolError(`${nameOf(process)}: invalid ${what}: ‘${text}’`)
  return number
}

const change = (name: string, summary: string, groupOnly: boolean) =>
  tool(name, summary, function* (process) {
    const { files } = process
    const options = parseOptions(process, 'RhvfcLHP', { long: { recursive: 'R' } })
    const [to, ...paths] = options.operands
    if (to === undefined || paths.length === 0)
      throw new ToolError(`${name}: missing operand\nTry '${name} --help' for more information.`)
    const [user = '', group = ''] = groupOnly ? ['', to] : to.split(/[:.]/)
    const uid = user && numberOf(process, user, (f, n) => findUser(f, n)?.uid, 'user')
    const gid = group && numberOf(process, group, (f, n) => findGroup(f, n)?.gid, 'group')
    const give = (path: string): void => {
      const old = files.stat(path, { followLinks: false })
      if (options.has('R') && old.type === 'directory')
        for (const child of files.list(path)) give(`${path}/${child}`)
      files.chown(path, uid === '' ? old.uid : uid, gid === '' ? old.gid : gid)
    }
    return yield* each(
      process,
      paths,
      (path, { code }) =>
        code === 'ENOENT'
          ? `cannot access '${path}'`
          : `changing ${groupOnly ? 'group' : 'ownership'} of '${path}'`,
      full => give(full),
    )
  })

export const chown = change('chown', 'change the owners of files', false)
export const chgrp = change('chgrp', 'change the groups of files', true)
