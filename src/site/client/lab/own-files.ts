// Files that a reader brings along: by the file picker, by a drop, by pasting. Bounded in number and size, texts only.

export interface OwnFile {
  readonly name: string
  readonly text: string
}

export type FileRefusal =
  | { readonly reason: 'many' }
  | { readonly reason: 'large'; readonly name: string; readonly size: number }
  | { readonly reason: 'binary' | 'name'; readonly name: string }

export const mostFiles = 100
export const mostBytes = 256_000

/** A name, with directories, as a file of the working directory may have it. */
export const isFileName = (name: string): boolean =>
  name.length > 0 &&
  name.length <= 120 &&
  /^[\p{L}\p{N}._@+=,-][\p{L}\p{N}._@+=, /-]*$/u.test(name) &&
  name.split('/').every(part => part !== '' && part !== '.' && part !== '..')

/** Reads what was given; `there`: names of the files that are there already. */
export async function readOwn(
  given: readonly File[],
  there: readonly string[],
): Promise<{ files: OwnFile[]; refusals: FileRefusal[] }> {
  const files: OwnFile[] = []
  const refusals: FileRefusal[] = []
  const names = new Set(there)
  for (const file of given) {
    const name = file.webkitRelativePath || file.name
    if (!names.has(name) && names.size >= mostFiles) {
      refusals.push({ reason: 'many' })
      break
    }
    if (!isFileName(name)) refusals.push({ reason: 'name', name: name.slice(0, 80) })
    else if (file.size > mostBytes) refusals.push({ reason: 'large', name, size: file.size })
    else {
      // A directory that was dropped cannot be read.
      const bytes = await file.arrayBuffer().catch(() => undefined)
      const text = bytes && textOf(bytes)
      if (text === undefined) refusals.push({ reason: 'binary', name })
      else {
        names.add(name)
        files.push({ name, text })
      }
    }
  }
  return { files, refusals }
}

function textOf(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text.replaceAll('\r\n', '\n')
  } catch {
    return undefined
  }
}

/** A name for a pasted manifest that none of these files has: of its kind and its own name. */
export function nameOfPasted(text: string, there: readonly string[]): string {
  const word = (pattern: RegExp) => pattern.exec(text)?.[1]?.toLowerCase()
  const kind = word(/^kind:\s*['"]?([A-Za-z]+)/m)
  const name = word(/^\s+name:\s*['"]?([\w-]{1,40})/m)
  const base = kind ? [kind, name].filter(Boolean).join('-') : 'pasted'
  const end = kind ? 'yaml' : 'txt'
  for (let n = 1; ; n++) {
    const found = n === 1 ? `${base}.${end}` : `${base}-${n}.${end}`
    if (!there.includes(found)) return found
  }
}
