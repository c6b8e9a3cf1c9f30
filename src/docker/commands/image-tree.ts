// docker images --tree, an experiment of docker 28: one block for each image with all of its names.
import { sizeOf } from '../../containers/content.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { familiarName } from '../images/reference.ts'
import type { StoredImage } from '../images/store.ts'
import { humanSize } from '../units.ts'

const bold = (text: string): string => `\x1b[39m\x1b[1m${text}\x1b[0m`
const legend = 'Info ->  U In Use '

export function imageTree(
  daemon: Daemon,
  lines: readonly StoredImage[],
  terminal: { readonly columns: number } | undefined,
): string {
  const images = [...new Set(lines)]
  const names = images.map(image => [...image.tags].sort().map(familiarName))
  const width = Math.max(5, ...names.flat().map(name => name.length))
  const columns = terminal?.columns ?? 80
  let out = `${' '.repeat(Math.max(0, columns - legend.length))}${legend}\n\n`
  const gap = (text: string, size: number) => ' '.repeat(Math.max(0, size - text.length))
  out += `${bold('IMAGE')}${gap('IMAGE', width)}   ${bold('ID')}${gap('ID', 12)}   ${bold('DISK USAGE')}   ${bold('CONTENT SIZE')}   ${bold('EXTRA')}\n`
  for (const [i, image] of images.entries()) {
    const shown = names[i]!.length ? names[i]! : ['<untagged>']
    for (const name of shown.slice(0, -1)) out += `${name}\n`
    const last = shown.at(-1)!
    const size = humanSize(sizeOf(image.content), 3)
    const used = daemon.usersOf(image).length ? 'U' : ' '
    out += `${last}${gap(last, width)}   ${image.id.slice(7, 19)}   ${size.padStart(10)}   ${'0B'.padStart(12)}   ${used.padStart(4).padEnd(5)}\n`
  }
  return out
}
