// A container that its liveness probe kills again and again ends in back-off, as one that crashes does.
import { expect } from 'vitest'
import type { Report } from '../reports.test.ts'

export default ({ world, file }: Report) => {
  world.run(`kubectl apply -f ${file}`)
  world.advance(600_000)
  const [, , status, restarts] = world.run('kubectl get pod slow --no-headers').stdout.split(/ +/)
  expect(status).toBe('CrashLoopBackOff')
  expect(Number(restarts)).toBeGreaterThanOrEqual(6)
  expect(Number(restarts)).toBeLessThanOrEqual(9)
  const events = world.run('kubectl get events --field-selector reason=BackOff --no-headers').stdout
  expect(events).toMatch(
    /Warning +BackOff +pod\/slow +Back-off restarting failed container c in pod slow_default\(/,
  )
}
