// The packages that programs may import, by path. What they export beyond this is Go too, but none that this simulator knows
// (exported.ts).
import type { Package } from '../values.ts'
import { errors } from './errors.ts'
import { fmt } from './fmt.ts'
import { http } from './http.ts'
import { io } from './io.ts'
import { log } from './log.ts'
import { os } from './os.ts'
import { strconv } from './strconv.ts'
import { strings } from './strings.ts'
import { atomic, sync } from './sync.ts'
import { time } from './time.ts'

export const packages: Readonly<Record<string, Package>> = {
  errors,
  fmt,
  io,
  log,
  'net/http': http,
  os,
  strconv,
  strings,
  sync,
  'sync/atomic': atomic,
  time,
}
