// A text as a scalar of YAML: quoted only where it would be something else without.
import { resolvePlain } from '../../yaml/resolve.ts'

const safe = /^[\w./@+-][\w./@:+$()-]*(?: [\w./@:+$()-]+)*$/

export function plain(text: string): string {
  const isText = resolvePlain(text).tag === 'str' && !/^-($| )|:$|: | #|^[@]/.test(text)
  return isText && safe.test(text) ? text : JSON.stringify(text)
}
