// The ten characters that names of generated ConfigMaps and Secrets end in: of a SHA-256, without vowels and what looks
// like them (kubectl pkg/util/hash, kustomize api/hasher).
import { toBytes } from '../engine/bytes.ts'
import { sha256 } from '../engine/sha256.ts'
import { jsonLine } from './print/values.ts'

const letters: Record<string, string> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' }

export const contentHash = (content: object): string =>
  [...sha256(toBytes(jsonLine(content))).slice(0, 10)].map(c => letters[c] ?? c).join('')
