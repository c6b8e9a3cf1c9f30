// What a name in a file system in memory stands for.
import { byteLength } from './bytes.ts'
import type { FileStat, SpecialType } from './files.ts'

export interface Inode {
  /** Whose node it is: a node of another owner is shared, and copied before it is changed. */
  tree: object
  mode: number
  modified: number
  uid: number
  gid: number
  /** A directory that a fork copied from what it stands on: overlayfs shows such with one link. */
  merged?: true
  /** A socket or a device: a name on the disk for what is not there. */
  special?: SpecialType
  /** One of these three says what it is. */
  entries?: Map<string, Inode>
  text?: string
  /** Of the text, where that is known. */
  bytes?: number
  /** The size that its text claims, where it is an executable: looked for once, in the piece that it begins with. */
  claimed?: number
  target?: string
}

export const typeOf = (node: Inode): FileStat['type'] =>
  node.special ?? (node.entries ? 'directory' : node.target === undefined ? 'file' : 'link')

/** Hard links, as `ls -l` counts them. */
export function linksOf({ entries, merged }: Inode): number {
  if (!entries || merged) return 1
  let links = 2
  for (const { entries: inner } of entries.values()) if (inner) links++
  return links
}

/** Of its text or, of a link, of its target. */
export const bytesOf = ({ text, target, bytes }: Inode): number => bytes ?? byteLength(text ?? target ?? '')
