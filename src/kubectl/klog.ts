// Lines of the client's own log (k8s.io/klog).
import { formatTime } from '../engine/engine.ts'
import type { Context } from './context.ts'

/** `W1123 09:34:03.275609   18944`: how a line begins that is written `afterMs` from now. */
export function klogPrefix(
  { process }: Pick<Context, 'process'>,
  level: 'I' | 'W' | 'E' | 'F',
  afterMs = 0,
): string {
  const now = process.engine.now + afterMs
  const time = formatTime(now)
  const micros = String(Math.floor((now % 1000) * 1000)).padStart(6, '0')
  return `${level}${time.slice(5, 7)}${time.slice(8, 10)} ${time.slice(11, 19)}.${micros} ${String(process.pid).padStart(7)}`
}
