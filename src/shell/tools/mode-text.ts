// The mode of a file as `ls -l` and `stat` write it.
import type { FileStat } from '../../engine/files.ts'

/** `drwxr-xr-x`, with `s` and `t` for the bits above those of user, group and others. */
export function modeText({ type, mode }: Pick<FileStat, 'type' | 'mode'>): string {
  const letters = [...'rwxrwxrwx'].map((letter, i) => ((mode >> (8 - i)) & 1 ? letter : '-'))
  for (const [bit, at, letter] of [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't'],
  ] as const)
    if (mode & bit) letters[at] = letters[at] === 'x' ? letter : letter.toUpperCase()
  return typeLetters[type] + letters.join('')
}

const typeLetters = { file: '-', directory: 'd', link: 'l', socket: 's', character: 'c', block: 'b' }
