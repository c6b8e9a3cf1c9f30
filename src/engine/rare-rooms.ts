// Where each room's rarely called functions stand, and which rooms a lesson needs before its first output: the build of
// the lab writes these tables (scripts/lib/rare-code).
import type { Loaders } from './parts.ts'

export const rooms: Loaders<readonly (() => unknown)[]> = {}

/** By id of the lesson; rooms' names one after another, each a letter that a number may follow. */
export const early: Readonly<Record<string, string>> = {}
