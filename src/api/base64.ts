// Base64 in its URL form, of text: continue tokens and JWTs.
import * as bytes from '../engine/base64.ts'
import { fromBytes, isText, toBytes } from '../engine/bytes.ts'

export const base64Url = (text: string): string => bytes.base64Url(toBytes(text))

/** The text; undefined where it is no base64, or its bytes are no text. */
export function fromBase64Url(encoded: string): string | undefined {
  const found = bytes.fromBase64Url(encoded)
  const text = found && fromBytes(found)
  return text !== undefined && isText(text) ? text : undefined
}
